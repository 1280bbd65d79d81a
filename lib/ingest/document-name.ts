import { AppError } from "@/lib/errors";

const MAX_NAME_LENGTH = 400;
/** What most file systems allow for one part of a path, in bytes. */
const MAX_PART_BYTES = 255;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd]|[\ud800-\udfff]/u;

const DRIVE = /^[A-Za-z]:$/;

/**
 * The name of a document from the path that a file was sent with: relative, "/" between folders, composed
 * Unicode. It never becomes a path on the server. Throws `invalid_request` for a path that leads out of its
 * folder, is too long, or has characters that cannot be seen.
 */
export function toDocumentName(path: string): string {
  const parts = path
    .normalize("NFC")
    .split(/[\\/]/)
    .map((part) => part.trim())
    .filter((part) => part !== "" && part !== "." && !DRIVE.test(part));
  const name = parts.join("/");
  if (name === "") throw refusal("The file has no name.");
  if (parts.includes("..")) throw refusal("The name of the file leads out of its folder.");
  if (UNSAFE.test(name)) throw refusal("The name of the file has characters that cannot be shown.");
  if (name.length > MAX_NAME_LENGTH || parts.some((part) => Buffer.byteLength(part) > MAX_PART_BYTES)) {
    throw refusal(
      `The name of the file is too long; with its folders it may have ${MAX_NAME_LENGTH} characters.`,
    );
  }
  return name;
}

function refusal(message: string): AppError {
  return new AppError("invalid_request", message);
}
