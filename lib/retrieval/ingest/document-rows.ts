import { basename, extname } from "node:path";
import type { PassageRow } from "@/lib/retrieval/index/passage-row";
import { characterGrams } from "@/lib/retrieval/text/character-grams";
import { segment } from "@/lib/retrieval/text/segment";
import { type Chunk, type CountTokens, chunkDocument } from "./chunk-document";
import { type DocumentSource, encodeSource } from "./document-source";
import { parseMarkdown, plainText } from "./markdown";
import { passageEntities } from "./passage-entities";
import { digest, documentIdOf, passageIdOf } from "./passage-id";

/** Part of every fingerprint: raise it when chunking, segmentation or entities change. */
const RECIPE = "3";
/** A word of the title counts as often as this many in the text (BM25F: Robertson, Zaragoza, Taylor 2004). */
const TITLE_WEIGHT = 3;

/** A document before it is cut. */
export interface SourceDocument {
  kbPrefix: string;
  /** File name, unique in its knowledge base. */
  name: string;
  /** Its Markdown. */
  source: string;
  origin: PassageRow["origin"];
  /** What else is known of a file that was something else before; Markdown without pages where not given. */
  file?: Omit<DocumentSource, "markdown"> & { bytes: number };
}

/** Changes when a document would be indexed differently. */
export function fingerprintOf(document: SourceDocument): string {
  return `${RECIPE}.${digest([document.kbPrefix, document.name, sourceText(document)])}`;
}

/** Whether a document would be cut differently today, whatever it holds. */
export function isOutdated(fingerprint: string): boolean {
  return !fingerprint.startsWith(`${RECIPE}.`);
}

/** All passages of a document, as the index holds them. `now` is epoch ms. */
export function documentRows(document: SourceDocument, count: CountTokens, now: number): PassageRow[] {
  return [...cutDocument(document, count, now)].map(({ row }) => row);
}

/** The same one by one, each with the number of all. */
export function* cutDocument(
  document: SourceDocument,
  count: CountTokens,
  now: number,
): Generator<{ row: PassageRow; total: number }, void> {
  const { kbPrefix, name, source, origin, file } = document;
  const documentId = documentIdOf(kbPrefix, name);
  const { title: ownTitle, chunks } = chunkDocument(source, count);
  const title = file?.title ?? ownTitle ?? basename(name, extname(name));
  const ids = passageIds(documentId, title, chunks);
  const facts = {
    document_id: documentId,
    kb_prefix: kbPrefix,
    name,
    title,
    origin,
    fingerprint: fingerprintOf(document),
    format: file?.format ?? "markdown",
    document_pages: file?.pages.at(-1)?.page ?? null,
    document_passages: chunks.length,
    bytes: file?.bytes ?? Buffer.byteLength(source),
    enabled: true,
    passage_enabled: true,
    updated_at: now,
  };
  for (const [position, { heading, text, tokens, start }] of chunks.entries()) {
    const row = {
      ...facts,
      ...searchColumns(title, heading, text),
      passage_id: ids[position] ?? "",
      heading,
      text,
      tokens,
      position,
      page: file?.pages.findLast((page) => page.start <= start)?.page ?? null,
      source: position === 0 ? sourceText(document) : "",
    };
    yield { row, total: chunks.length };
  }
}

function sourceText({ source: markdown, file }: SourceDocument): string {
  const { format, title, pages } = file ?? { format: "markdown", title: null, pages: [] };
  return encodeSource({ format, title, pages, markdown });
}

function passageIds(documentId: string, title: string, chunks: readonly Chunk[]): string[] {
  const seen = new Map<string, number>();
  return chunks.map(({ heading, text }) => {
    const content = [title, heading, text];
    const key = digest(content);
    const occurrence = seen.get(key) ?? 0;
    seen.set(key, occurrence + 1);
    return passageIdOf(documentId, content, occurrence);
  });
}

function searchColumns(title: string, heading: string, text: string) {
  const root = parseMarkdown(text);
  const plain = plainText(root);
  const searchable = `${title}\n${heading}\n${plain}`;
  return {
    words: segment(`${`${title}\n`.repeat(TITLE_WEIGHT - 1)}${searchable}`).join(" "),
    trigrams: characterGrams(searchable).join(" "),
    entities: passageEntities({ title, heading, root, plain }).join("\n"),
  };
}
