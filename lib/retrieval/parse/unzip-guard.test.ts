import { describe, expect, test } from "vitest";
import { guardZip } from "./unzip-guard";
import { zipOf } from "./zip.fixture";

const MIB = 1024 * 1024;
const spaces = (mib: number) => Buffer.alloc(mib * MIB, " ");

describe("guardZip", { timeout: 60_000 }, () => {
  test("names what is in an archive", async () => {
    const archive = zipOf([
      { name: "word/document.xml", content: spaces(1) },
      { name: "a.txt", content: Buffer.from("a") },
    ]);
    expect(await guardZip(archive)).toEqual(["word/document.xml", "a.txt"]);
  });

  test("refuses what inflates to too much, in one entry or in many", async () => {
    const one = zipOf([{ name: "a", content: spaces(201) }]);
    const half = { content: spaces(101) };
    const many = zipOf([
      { name: "a", ...half },
      { name: "b", ...half },
    ]);
    for (const archive of [one, many]) {
      await expect(guardZip(archive)).rejects.toMatchObject({ code: "too_complex" });
    }
  });

  test("refuses more entries than a document has", async () => {
    const entries = Array.from({ length: 10_001 }, (_, at) => ({ name: `${at}`, content: Buffer.from("") }));
    await expect(guardZip(zipOf(entries))).rejects.toMatchObject({ code: "too_complex" });
  });

  test.for([10, 3 * MIB])("refuses an archive that says %d bytes of one MiB", async (declaredSize) => {
    const archive = zipOf([{ name: "a", content: spaces(1), declaredSize }]);
    await expect(guardZip(archive)).rejects.toThrow();
  });
});
