import { describe, expect, test } from "vitest";
import type { FileFault } from "@/lib/domain/job";
import {
  billionLaughs,
  deepDocx,
  deepHtml,
  docxOf,
  millionRows,
  pdfBomb,
  wordText,
  zipBomb,
} from "./hostile-files.fixture";
import { createParsePool } from "./parse-pool";
import { samplePdf } from "./sample-pdf.fixture";

const LIMITS = { processes: 1, idleMs: 1_000, timeMs: 20_000, memoryMb: 250 };
const pool = createParsePool(LIMITS);
const ordinary = { name: "a.txt", bytes: Buffer.from("It is warm.") };

const HOSTILE: [string, string, FileFault, Uint8Array][] = [
  ["a Word document that inflates to much", "a.docx", "too_complex", zipBomb()],
  ["one that says it does not", "a.docx", "corrupt", zipBomb(1_000)],
  ["one that is nested deeply", "a.docx", "too_complex", deepDocx()],
  ["a page that is nested deeply", "a.html", "too_complex", deepHtml()],
  ["a table of a million rows", "a.csv", "too_complex", millionRows()],
  ["a PDF that inflates to much", "a.pdf", "too_complex", pdfBomb(300)],
];

async function expectOrdinaryFile() {
  expect((await pool.parse(ordinary)).markdown.trim()).toBe("It is warm.");
}

describe("createParsePool", { timeout: 60_000 }, () => {
  test.for(HOSTILE)("refuses %s, and reads the next file", async ([, name, code, bytes]) => {
    await expect(pool.parse({ name, bytes })).rejects.toMatchObject({ code });
    await expectOrdinaryFile();
  });

  test("entities that name each other are not replaced", async () => {
    const outcome = await pool.parse({ name: "a.docx", bytes: billionLaughs() }).then(
      ({ markdown }) => markdown.length,
      ({ code }) => code,
    );
    expect(outcome === "corrupt" || Number(outcome) < 1_000).toBe(true);
    expect((await pool.parse({ name: "a.docx", bytes: docxOf(wordText("Warm.")) })).markdown).toBe("Warm.\n");
  });

  test("a file that takes too long is given up, and the next one is read", async () => {
    const hasty = createParsePool({ ...LIMITS, timeMs: 1 });
    const bytes = await samplePdf({ content: [{ text: "Warm.", size: 11 }] });
    await expect(hasty.parse({ name: "a.pdf", bytes })).rejects.toMatchObject({ code: "too_complex" });
    await expect(hasty.parse({ name: "a.pdf", bytes })).rejects.toMatchObject({ code: "too_complex" });
  });

  test("whoever gives up gets the own reason, while waiting and while the file is read", async () => {
    const roomy = createParsePool({ ...LIMITS, memoryMb: 2_000 });
    await roomy.parse(ordinary);
    const waiting = new AbortController();
    const results = Promise.allSettled([
      roomy.parse({ name: "a.pdf", bytes: pdfBomb(300) }, AbortSignal.timeout(50)),
      roomy.parse(ordinary, waiting.signal),
      roomy.parse(ordinary),
    ]);
    waiting.abort(new Error("left"));
    const [first, second, third] = await results;
    expect(first).toMatchObject({ status: "rejected", reason: { name: "TimeoutError" } });
    expect(second).toMatchObject({ status: "rejected", reason: { message: "left" } });
    expect(third).toMatchObject({ status: "fulfilled" });
  });
});
