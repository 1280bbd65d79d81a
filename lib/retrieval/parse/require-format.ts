import type { DocumentFormat } from "@/lib/domain/document";
import { asBuffer } from "./as-buffer";
import { decodeText } from "./decode-text";
import { ParseError } from "./parse-error";

const PDF = "a PDF";
const ZIP = "a ZIP archive or an Office document";
const OLE = "an Office document of the old kind or an encrypted one";

/** First bytes, in hex, and what a file that begins with them is. */
const MAGIC: readonly (readonly [string, string])[] = [
  ["255044462d", PDF],
  ["504b0304", ZIP],
  ["504b0506", ZIP],
  ["d0cf11e0a1b11ae1", OLE],
  ["89504e47", "a PNG picture"],
  ["ffd8ff", "a JPEG picture"],
  ["47494638", "a GIF picture"],
  ["1f8b08", "a gzip archive"],
  ["377abcaf271c", "a 7-Zip archive"],
  ["526172211a07", "a RAR archive"],
  ["7b5c727466", "a Rich Text document"],
  ["7f454c46", "a program"],
];
/** Some programs write a few lines before a PDF's own first line. */
const PDF_WITHIN_BYTES = 1024;
/** Name of the stream of an Office document that asks for a password, UTF-16. */
const ENCRYPTED_STREAM = Buffer.from("EncryptedPackage", "utf16le");

/** Throws a ParseError when a file is empty, or is not of the kind that its name says. */
export function requireFormat(bytes: Uint8Array, format: DocumentFormat): void {
  if (bytes.byteLength === 0) throw new ParseError("empty", "The file is empty.");
  const found = kindOf(bytes);
  if (format === "pdf") requireKind(found ?? latePdf(bytes), PDF, "a PDF");
  else if (format === "docx") requireDocx(bytes, found);
  else if (found) throw mislabelled(found);
  else decodeText(bytes);
}

function kindOf(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 8)).toString("hex");
  return MAGIC.find(([magic]) => head.startsWith(magic))?.[1] ?? null;
}

function latePdf(bytes: Uint8Array): string | null {
  return Buffer.from(bytes.subarray(0, PDF_WITHIN_BYTES)).includes("%PDF-") ? PDF : null;
}

function requireDocx(bytes: Uint8Array, found: string | null): void {
  if (found === OLE && asBuffer(bytes).includes(ENCRYPTED_STREAM)) {
    throw new ParseError("encrypted", "The document asks for a password. Save it without one.");
  }
  requireKind(found, ZIP, "a Word document (.docx)");
}

function requireKind(found: string | null, wanted: string, wantedName: string): void {
  if (found === wanted) return;
  if (found) throw mislabelled(found);
  throw new ParseError("mislabelled", `The content is not that of ${wantedName}.`);
}

function mislabelled(found: string): ParseError {
  return new ParseError("mislabelled", `The name's ending is wrong: the content is ${found}.`);
}
