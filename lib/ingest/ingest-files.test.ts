import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { createWorkplace } from "@/lib/retrieval/testing/two-handbooks";
import { collectFiles } from "./collect-files";
import { openProcess } from "./ingest.fixture";
import { type FileOutcome, ingestFiles } from "./ingest-files";

function makeFolder(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "ingest-files-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const FILES = {
  "wiki/b.md": "# B\n\nSecond.\n",
  "wiki/a/a.TXT": "First.\n",
  "wiki/zero.md": "",
  "wiki/.git/hidden.md": "No.\n",
  "wiki/.draft.md": "No.\n",
  "wiki/photo.png": "no",
  "alone.exe": "MZ",
};

describe("collectFiles", () => {
  test("takes what is in and below a folder, named from it on, without what is hidden or of another kind", async () => {
    const folder = makeFolder(FILES);
    symlinkSync(folder, join(folder, "wiki", "loop"));
    const found = await collectFiles([join(folder, "wiki"), join(folder, "alone.exe")]);
    expect(found.map(({ name }) => name)).toEqual(["wiki/a/a.TXT", "wiki/b.md", "wiki/zero.md", "alone.exe"]);
    expect(found[1]?.path).toBe(join(folder, "wiki/b.md"));
  });

  test("names a path that leads nowhere", async () => {
    await expect(collectFiles(["/nowhere/at/all.md"])).rejects.toThrow("/nowhere/at/all.md is not there.");
  });
});

describe("ingestFiles", () => {
  test("tells what became of each file, of refused ones too", async () => {
    await using place = await createWorkplace();
    await using one = await openProcess(place);
    const folder = makeFolder(FILES);
    const run = async (...paths: string[]) => {
      const outcomes: FileOutcome[] = [];
      const files = await collectFiles(paths.map((path) => join(folder, path)));
      for await (const { ended } of ingestFiles("lamp", files, one.ingest, () => wait(20)))
        outcomes.push(...ended);
      return Object.fromEntries(outcomes.map(({ name, error }) => [name, error]));
    };
    expect(await run("wiki")).toEqual({
      "wiki/a/a.TXT": null,
      "wiki/b.md": null,
      "wiki/zero.md": "The file is empty.",
    });
    expect(await run("alone.exe")).toEqual({ "alone.exe": expect.stringMatching(/^Files of this kind/) });
  });
});
