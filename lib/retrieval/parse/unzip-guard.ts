import { type Entry, fromBufferPromise, type ZipFile } from "yauzl";
import { asBuffer } from "./as-buffer";
import { ParseError } from "./parse-error";

const MAX_ENTRIES = 10_000;
const MAX_INFLATED_BYTES = 200 * 1024 * 1024;

/**
 * The names in a ZIP archive. Throws a ParseError where it would inflate to too much: by what it declares,
 * and by what really comes out, which is counted without being kept.
 */
export async function guardZip(bytes: Uint8Array): Promise<string[]> {
  const zip = await fromBufferPromise(asBuffer(bytes), {
    lazyEntries: true,
  });
  if (zip.entryCount > MAX_ENTRIES) throw tooLarge();
  const names: string[] = [];
  let inflated = 0;
  for await (const entry of zip.eachEntry()) {
    inflated += entry.uncompressedSize;
    if (inflated > MAX_INFLATED_BYTES) throw tooLarge();
    await requireDeclaredSize(zip, entry);
    names.push(entry.fileName);
  }
  return names;
}

/** yauzl ends the stream with an error where more or less comes out than was declared. */
async function requireDeclaredSize(zip: ZipFile, entry: Entry): Promise<void> {
  const stream = await zip.openReadStreamPromise(entry);
  for await (const _ of stream) {
    // Nothing is kept.
  }
}

function tooLarge(): ParseError {
  return new ParseError("too_complex", "What is packed in the file is too large. Split it.");
}
