import { basename, extname } from "node:path";
import type { PassageRow } from "@/lib/retrieval/index/passage-row";
import { characterGrams } from "@/lib/retrieval/text/character-grams";
import { segment } from "@/lib/retrieval/text/segment";
import { type Chunk, type CountTokens, chunkDocument } from "./chunk-document";
import { parseMarkdown, plainText } from "./markdown";
import { passageEntities } from "./passage-entities";
import { digest, documentIdOf, passageIdOf } from "./passage-id";

/** Part of every fingerprint: raise it when chunking, segmentation or entities change. */
const RECIPE = "2";
/** A word of the title counts as often as this many in the text (BM25F: Robertson, Zaragoza, Taylor 2004). */
const TITLE_WEIGHT = 3;

/** A document before it is cut. */
export interface SourceDocument {
  kbPrefix: string;
  /** File name, unique in its knowledge base. */
  name: string;
  source: string;
  origin: PassageRow["origin"];
}

/** Changes when a document would be indexed differently. */
export function fingerprintOf({ kbPrefix, name, source }: SourceDocument): string {
  return digest([RECIPE, kbPrefix, name, source]);
}

/** All passages of a document, as the index holds them. `now` is epoch ms. */
export function documentRows(document: SourceDocument, count: CountTokens, now: number): PassageRow[] {
  const { kbPrefix, name, source, origin } = document;
  const documentId = documentIdOf(kbPrefix, name);
  const chunked = chunkDocument(source, count);
  const title = chunked.title ?? basename(name, extname(name));
  const ids = passageIds(documentId, title, chunked.chunks);
  const facts = {
    document_id: documentId,
    kb_prefix: kbPrefix,
    name,
    title,
    origin,
    fingerprint: fingerprintOf(document),
    document_passages: chunked.chunks.length,
    bytes: Buffer.byteLength(source),
    enabled: true,
    updated_at: now,
    page: null,
  };
  return chunked.chunks.map(({ heading, text, tokens }, position) => ({
    ...facts,
    ...searchColumns(title, heading, text),
    passage_id: ids[position] ?? "",
    heading,
    text,
    tokens,
    position,
  }));
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
