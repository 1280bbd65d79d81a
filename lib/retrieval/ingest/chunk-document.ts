import { parseMarkdown, readFrontMatter } from "./markdown";
import { type Outline, type Section, toSections } from "./sections";
import { type Fits, type Stretch, splitBlock } from "./split-block";
import { splitSource } from "./split-source";

/** Counts the tokens of a text. */
export type CountTokens = (text: string) => number;

/** A stretch of a document that is indexed, found and cited as one. */
export interface Chunk {
  /** Heading path, joined with " › "; empty above the first heading. */
  heading: string;
  /** `source.slice(start, end)`. */
  text: string;
  start: number;
  end: number;
  tokens: number;
}

export interface ChunkedDocument {
  /** From the first heading of depth 1, else from the front matter, else null. */
  title: string | null;
  chunks: Chunk[];
}

export interface ChunkSize {
  /** A section up to this many tokens stays one chunk. */
  max: number;
  /** What the parts of a longer section aim at. */
  target: number;
  /** The most that may be repeated from the chunk before. */
  overlap: number;
}

const DEFAULT_SIZE: ChunkSize = { max: 500, target: 400, overlap: 60 };

/**
 * Cuts a Markdown document by structure, then by size: each section is a chunk; one that is too long is
 * split between its blocks, and the parts repeat the last sentence before the cut. Code blocks and
 * the rows of a table stay whole, up to half a million characters.
 */
export function chunkDocument(source: string, count: CountTokens, size = DEFAULT_SIZE): ChunkedDocument {
  const { bodyStart, title } = readFrontMatter(source);
  const chunks: Chunk[] = [];
  let above: Outline = { title: null, headings: [] };
  let start = bodyStart;
  for (const partEnd of splitSource(source, bodyStart)) {
    const part = source.slice(start, partEnd);
    const { sections, outline } = toSections(parseMarkdown(part), above);
    for (const chunk of sections.flatMap((section) => chunkSection(part, section, count, size))) {
      chunks.push({ ...chunk, start: chunk.start + start, end: chunk.end + start });
    }
    above = outline;
    start = partEnd;
  }
  return { title: above.title ?? title, chunks };
}

function chunkSection(source: string, section: Section, count: CountTokens, size: ChunkSize): Chunk[] {
  const heading = section.path.join(" › ");
  const spans = packSection(source, section, count, size);
  return spans.flatMap(({ start, end }) => {
    const text = source.slice(start, end);
    return text.trim() === "" ? [] : [{ heading, text, start, end, tokens: count(text) }];
  });
}

function packSection(source: string, { blocks }: Section, count: CountTokens, size: ChunkSize) {
  const start = blocks[0]?.position?.start.offset ?? 0;
  const end = blocks.at(-1)?.position?.end.offset ?? start;
  const atMost =
    (limit: number): Fits =>
    (from, to) =>
      count(source.slice(from, to)) <= limit;
  if (atMost(size.max)(start, end)) return [{ start, end }];
  const stretches: Stretch[] = [];
  for (const block of blocks) {
    stretches.push(...splitBlock(source, block, stretches.at(-1)?.end ?? start, atMost(size.target)));
  }
  return packStretches(source, stretches, atMost(size.target), atMost(size.overlap));
}

/** Joins neighbours while they fit. A new chunk begins with the sentence before it, where that is short. */
function packStretches(source: string, stretches: readonly Stretch[], fits: Fits, mayRepeat: Fits) {
  const packed: Stretch[] = [];
  for (const stretch of stretches) {
    const open = packed.at(-1);
    if (open && fits(open.start, stretch.end)) {
      open.end = stretch.end;
      open.lastSentence = stretch.lastSentence;
      continue;
    }
    const before = open?.lastSentence ?? stretch.start;
    const repeats = open && mayRepeat(before, stretch.start) && fits(before, stretch.end);
    packed.push({ ...stretch, start: repeats ? before : stretch.start });
  }
  return packed.map(({ start, end }) => trimmed(source, start, end));
}

function trimmed(source: string, start: number, end: number) {
  const text = source.slice(start, end);
  const leading = /^\s*\n/.exec(text)?.[0].length ?? 0;
  return { start: start + leading, end: start + text.trimEnd().length };
}
