import papa from "papaparse";
import { decodeText } from "./decode-text";
import { ParseError } from "./parse-error";
import type { ParsedText } from "./parsed-file";
import { rowBlocks } from "./row-blocks";
import { toMarkdown } from "./to-markdown";

const MAX_ROWS = 100_000;
const MAX_COLUMNS = 1_000;

/** A table's rows, each with the names of its columns, which the first row holds. */
export function parseCsv(bytes: Uint8Array): ParsedText {
  const { data, errors } = papa.parse<string[]>(decodeText(bytes), {
    skipEmptyLines: "greedy",
    preview: MAX_ROWS + 2,
    delimitersToGuess: [",", "\t", ";", "|"],
  });
  if (errors.some(({ type }) => type === "Quotes")) {
    throw new ParseError("corrupt", "A quotation mark in the table has no end. Save the table again.");
  }
  const [header = [], ...rows] = data;
  if (rows.length > MAX_ROWS) throw tooComplex(`rows than ${MAX_ROWS}`);
  if (header.length > MAX_COLUMNS) throw tooComplex(`columns than ${MAX_COLUMNS}`);
  const isHeaderAlone = rows.length === 0;
  const blocks = isHeaderAlone ? rowBlocks([], [header]) : rowBlocks(header, rows);
  return { title: null, markdown: toMarkdown(blocks), pages: [] };
}

function tooComplex(what: string): ParseError {
  return new ParseError("too_complex", `The table has more ${what}. Split it.`);
}
