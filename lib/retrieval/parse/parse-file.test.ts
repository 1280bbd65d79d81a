import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FileFault } from "@/lib/domain/job";
import { ACCEPTED_EXTENSIONS, MAX_FILE_BYTES, ParseError, parseFile } from "./parse-file";
import { docxText, sampleDocx } from "./sample-docx.fixture";
import { ONE_PIXEL, samplePdf, scannedPdf } from "./sample-pdf.fixture";
import { zipOf } from "./zip.fixture";

const pdf = await samplePdf({ content: [{ text: "Screw the lamp to the desk.", size: 11 }] });
const docx = await sampleDocx([docxText("Screw the lamp to the desk.")]);
const text = (content: string) => Buffer.from(content);

const REFUSED: [string, FileFault, Uint8Array][] = [
  ["a.exe", "unsupported", text("x")],
  ["noending", "unsupported", text("x")],
  ["a.md", "too_large", new Uint8Array(MAX_FILE_BYTES + 1)],
  ["a.pdf", "empty", text("")],
  ["a.docx", "empty", text("")],
  ["a.md", "empty", text(" \n\t\r\n\ufeff ")],
  ["a.html", "empty", text("<html><body><script>1</script></body></html>")],
  ["a.csv", "empty", text("\n\n")],
  ["a.docx", "empty", await sampleDocx([])],
  ["a.pdf", "encrypted", await samplePdf({ content: [{ text: "x", size: 9 }], userPassword: "p" })],
  ["a.docx", "encrypted", Buffer.concat([oleHead(), Buffer.from("EncryptedPackage", "utf16le")])],
  ["a.pdf", "no_text", await scannedPdf()],
  ["a.pdf", "corrupt", text("%PDF-1.7\nnothing of the kind")],
  ["a.pdf", "corrupt", pdf.subarray(0, 300)],
  ["a.docx", "corrupt", docx.subarray(0, docx.length - 100)],
  ["a.docx", "corrupt", docx.subarray(0, 40)],
  ["a.csv", "corrupt", text('a,b\n1,"two')],
  ["a.pdf", "mislabelled", ONE_PIXEL],
  ["a.pdf", "mislabelled", docx],
  ["a.pdf", "mislabelled", text("plain")],
  ["a.docx", "mislabelled", pdf],
  ["a.docx", "mislabelled", oleHead()],
  ["a.docx", "mislabelled", zipOf([{ name: "xl/workbook.xml", content: text("<x/>") }])],
  ["a.txt", "mislabelled", pdf],
  ["a.txt", "mislabelled", text("{\\rtf1 It is warm.}")],
  ["a.md", "mislabelled", ONE_PIXEL],
  ["a.csv", "mislabelled", docx],
  ["a.html", "mislabelled", Buffer.from(Array.from({ length: 999 }, (_, at) => (at * 7) % 32))],
];

async function refusal(name: string, bytes: Uint8Array) {
  const error = await parseFile({ name, bytes }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ParseError);
  return error instanceof ParseError ? error : new Error("unreachable");
}

describe("parseFile", () => {
  test.for([
    ["a.md", text("# Lamp\n\nIt is warm."), "markdown"],
    ["a.MDX", text("# Lamp\n\nIt is {warm}."), "mdx"],
    ["a.txt", text("It is warm."), "text"],
    ["a.html", text("<p>It is warm.</p>"), "html"],
    ["a.pdf", pdf, "pdf"],
    ["buffer.pdf", Buffer.from(pdf), "pdf"],
    ["a.docx", docx, "docx"],
    ["a.csv", text("lamp,warm\nGlow,yes"), "csv"],
  ] as const)("reads %s", async ([name, bytes, format]) => {
    const parsed = await parseFile({ name, bytes });
    expect(parsed.format).toBe(format);
    expect(parsed.markdown.trim()).not.toBe("");
  });

  test.for(REFUSED)("refuses %#: %s as %s", async ([name, code, bytes]) => {
    const error = await refusal(name, bytes);
    expect(error).toMatchObject({ code });
    expect(error.message).toMatch(/^[A-Z].*\.$/);
    expect(error.message).not.toMatch(/\/|node_modules| at /);
  });

  test("takes the same bytes again and leaves them as they are", async () => {
    const bytes = new Uint8Array(pdf);
    const first = await parseFile({ name: "a.pdf", bytes });
    expect(bytes).toEqual(pdf);
    expect(await parseFile({ name: "a.pdf", bytes })).toEqual(first);
  });

  test("files that are read at the same time get their own answers", async () => {
    const names = Array.from({ length: 12 }, (_, at) => `Lamp ${at}`);
    const parsed = await Promise.all(names.map((name) => parseFile({ name: "a.txt", bytes: text(name) })));
    expect(parsed.map(({ markdown }) => markdown.trim())).toEqual(names);
  });

  test("any bytes under any name are read or refused with a ParseError", async () => {
    const name = fc.constantFrom(...ACCEPTED_EXTENSIONS).map((ending) => `any${ending}`);
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 3_000 }), damaged(pdf), damaged(docx), markup);
    const law = fc.asyncProperty(name, bytes, async (given, content) => {
      const error = await parseFile({ name: given, bytes: content }).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      if (error !== null) expect(error).toBeInstanceOf(ParseError);
    });
    await fc.assert(law, { numRuns: 300 });
  }, 120_000);
});

const markup = fc
  .array(
    fc.constantFrom("<", ">", "</", "table", "p", " a='", "{", "}", "```", "|", "-", "\n", ",", '"', "中"),
  )
  .map((parts) => text(parts.join("")));

/** The file with a stretch of it replaced. */
function damaged(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  return fc
    .tuple(fc.nat(bytes.length), fc.nat(200), fc.uint8Array({ maxLength: 60 }))
    .map(([at, length, other]) => Buffer.concat([bytes.subarray(0, at), other, bytes.subarray(at + length)]));
}

function oleHead(): Buffer {
  return Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(600)]);
}
