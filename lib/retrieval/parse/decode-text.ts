import { analyse } from "chardet";
import { ParseError } from "./parse-error";

/** So much of a file tells its encoding. */
const SAMPLE_BYTES = 64 * 1024;
/** Encodings with one byte for each character: they fit any bytes, so that a guess at one says little. */
const ONE_BYTE = /^(windows|ISO-8859|KOI8)/;
const UNICODE = /^(UTF|ASCII)/;

/** Control characters that no text has. */
const CONTROL = /(?![\t\n\f\r])\p{Cc}/gu;

/**
 * The text of a file: UTF-8 or UTF-16, with a byte order mark or without, or what its bytes look like, GB18030
 * before all. `declared` is the encoding that the file itself names. Throws a ParseError where it is no text.
 */
export function decodeText(bytes: Uint8Array, declared: string | null = null): string {
  const text = tryDecode(bytes, markedEncoding(bytes) ?? "utf-8") ?? decodeLegacy(bytes, declared);
  const controls = text.slice(0, SAMPLE_BYTES).match(CONTROL)?.length ?? 0;
  if (controls > text.length / 1000) throw new ParseError("mislabelled", "The content is not text.");
  return text;
}

/** The encoding that the first bytes give away. */
function markedEncoding(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  const sample = bytes.subarray(0, 1000);
  const zeros = [0, 0];
  for (const [at, byte] of sample.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > sample.length / 5 && even === 0) return "utf-16le";
  if (even > sample.length / 5 && odd === 0) return "utf-16be";
  return null;
}

function decodeLegacy(bytes: Uint8Array, declared: string | null): string {
  for (const encoding of [declared, ...legacyGuesses(bytes.subarray(0, SAMPLE_BYTES))]) {
    const text = encoding === null ? null : tryDecode(bytes, encoding);
    if (text !== null) return text;
  }
  // This one fits any bytes. Those of no text hold control characters.
  return new TextDecoder("windows-1252").decode(bytes);
}

/** Of a few Chinese words the statistics say Cyrillic. */
function legacyGuesses(sample: Uint8Array): string[] {
  const guesses = analyse(sample).map(({ name }) => name);
  const known = guesses.filter((name) => !UNICODE.test(name));
  const isOneByte = ONE_BYTE.test(known[0] ?? "windows");
  return isOneByte && looksChinese(sample) ? ["GB18030", ...known] : known;
}

/** Whether the bytes beyond ASCII are, in pairs, the common characters and the punctuation of GB 2312. */
function looksChinese(sample: Uint8Array): boolean {
  let pairs = 0;
  let common = 0;
  for (let at = 0; at < sample.length; at += 1) {
    const lead = sample[at] ?? 0;
    if (lead < 0x80) continue;
    at += 1;
    pairs += 1;
    const isCommon = (lead >= 0xb0 && lead <= 0xd7) || (lead >= 0xa1 && lead <= 0xa3);
    if (isCommon && (sample[at] ?? 0) >= 0xa1) common += 1;
  }
  return common > pairs * 0.8;
}

/** Null where the bytes are not in this encoding, or nobody knows it. Takes a byte order mark off. */
function tryDecode(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
