import { deflateSync } from "node:zlib";
import { pdfOf } from "./bare-pdf.fixture";
import { zipOf } from "./zip.fixture";

const MIB = 1024 * 1024;
const CONTENT_TYPES = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`;
const RELATIONS = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r" Target="word/document.xml"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>`;
const WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/** A Word document with this for its body, and this before its root element. */
export function docxOf(body: string, prologue = "", declaredSize?: number): Uint8Array {
  const document = `${prologue}<w:document xmlns:w="${WORD}"><w:body>${body}</w:body></w:document>`;
  return zipOf([
    { name: "[Content_Types].xml", content: Buffer.from(CONTENT_TYPES) },
    { name: "_rels/.rels", content: Buffer.from(RELATIONS) },
    {
      name: "word/document.xml",
      content: Buffer.from(document),
      ...(declaredSize !== undefined && { declaredSize }),
    },
  ]);
}

export const wordText = (text: string) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;

/** Inflates to 250 MiB. */
export const zipBomb = (declaredSize?: number) => docxOf(wordText(" ".repeat(250 * MIB)), "", declaredSize);

/** Entities that name ten others each: a gigabyte, if they were replaced. */
export function billionLaughs(): Uint8Array {
  const entities = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`);
  return docxOf(wordText("&l9;"), `<!DOCTYPE w [<!ENTITY l0 "ha">${entities.join("")}]>`);
}

export const deepDocx = () =>
  docxOf(`${"<w:tbl><w:tr><w:tc>".repeat(30_000)}${"</w:tc></w:tr></w:tbl>".repeat(30_000)}`);
export const deepHtml = () => Buffer.from(`${"<div>".repeat(40_000)}deep`);
export const millionRows = () => Buffer.from(`a,b\n${"1,2\n".repeat(1_000_000)}`);

/** A page whose content was packed twice, so that little remains of very many spaces. */
export function pdfBomb(mib: number): Uint8Array {
  const packed = deflateSync(deflateSync(Buffer.alloc(mib * MIB, " ")));
  const head = `<</Length ${packed.length}/Filter[/FlateDecode/FlateDecode]>>stream\n`;
  return pdfOf([
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
    Buffer.concat([Buffer.from(head), packed, Buffer.from("\nendstream")]),
  ]);
}
