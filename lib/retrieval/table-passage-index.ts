import type { DocumentSummary } from "@/lib/domain/document";
import type { Passage } from "@/lib/domain/passage";
import { type AffinityEvidence, rankAffinities } from "./affinity";
import type { SearchContext } from "./agents/search-context";
import { isAttachmentBase, mayRead } from "./attachment-base";
import { createDerived } from "./index/derived";
import { sqlText } from "./index/index-table";
import {
  type KnowledgeBaseTable,
  readKnowledgeBases,
  type StoredKnowledgeBase,
} from "./index/knowledge-base-table";
import {
  type ReadPassage,
  readContents,
  readDocuments,
  readPassages,
  type StoredDocument,
  searchPassages,
} from "./index/passage-table";
import type { PassageIndex } from "./passage-index";
import { type QueryTerm, subjectTerms } from "./text/query-terms";

/** Neighbours that a passage is shown with on each side unless told. */
const NEIGHBOURS = 2;
/** Best passages of a knowledge base that speak for it. */
const EVIDENCE_PASSAGES = 3;

/** What the index knows, read from its tables; lists are kept until a table changes. */
export function createTablePassageIndex(context: SearchContext, bases: KnowledgeBaseTable): PassageIndex {
  const { table } = context;
  const storedBases = createDerived(bases.version, () => readKnowledgeBases(bases), { whileStale: "wait" });
  const storedDocuments = createDerived(table.version, () => readDocuments(table), { whileStale: "wait" });
  const documentsIn = async (prefix: string) =>
    (await storedDocuments()).filter((one) => one.kb_prefix === prefix);

  return {
    knowledgeBases: async () => {
      const documents = Map.groupBy(await storedDocuments(), (document) => document.kb_prefix);
      return (await storedBases()).map((base) => toBaseSummary(base, documents.get(base.prefix) ?? []));
    },
    knowledgeBase: async (prefix) => {
      const found = (await storedBases()).find((base) => base.prefix === prefix);
      if (!found) return null;
      const { title, description, keywords, suggested } = found;
      return { prefix, title, description, keywords, suggested };
    },
    affinities: async (question, history = []) => {
      const terms = subjectTerms(question, history);
      const now = { ...context, table: await table.snapshot() };
      const evidence = (await storedBases()).map((base) => gatherEvidence(now, base, terms));
      return rankAffinities(question, await Promise.all(evidence), history);
    },
    passage: async (passageId, reader = null, neighbours = NEIGHBOURS) => {
      const [found] = await readPassages(table, `passage_id = ${sqlText(passageId)}`);
      if (!found || !mayRead(found.kb_prefix, reader)) return null;
      const { document_id, position } = found;
      const near = `position BETWEEN ${position - neighbours} AND ${position + neighbours}`;
      const around = await readPassages(table, `document_id = ${sqlText(document_id)} AND ${near}`);
      return toPassageView(found, around);
    },
    document: async (documentId, reader = null) => {
      const document = (await storedDocuments()).find((one) => one.document_id === documentId);
      if (!document || !mayRead(document.kb_prefix, reader)) return null;
      const passages = await readPassages(table, `document_id = ${sqlText(documentId)}`);
      return { document: toDocumentSummary(document), passages: passages.map(toPassage) };
    },
    documents: async (kbPrefix) => (await documentsIn(kbPrefix)).map(toDocumentSummary),
    attachmentBases: async () => {
      const attached = (await storedDocuments()).filter(({ kb_prefix }) => isAttachmentBase(kb_prefix));
      const byBase = Map.groupBy(attached, ({ kb_prefix }) => kb_prefix);
      return new Map([...byBase].map(([prefix, documents]) => [prefix, documents.map(toDocumentSummary)]));
    },
    passageCount: () => table.count(),
  };
}

async function gatherEvidence(
  { table, collection }: SearchContext,
  { prefix, keywords }: StoredKnowledgeBase,
  terms: readonly QueryTerm[],
): Promise<AffinityEvidence> {
  const [statistics, hits] = await Promise.all([
    collection(prefix),
    searchPassages(table, "words", { terms, kbPrefix: prefix, limit: EVIDENCE_PASSAGES }),
  ]);
  const contents = await readContents(
    table,
    hits.map(({ passage_id }) => passage_id),
  );
  const passages = hits.map(({ passage_id }) => contents.get(passage_id)?.words ?? "");
  return { kbPrefix: prefix, keywords, collection: statistics, passages };
}

function toBaseSummary(base: StoredKnowledgeBase, documents: readonly StoredDocument[]) {
  const { prefix, title, description, suggested, updated_at } = base;
  return {
    prefix,
    title,
    description,
    suggested,
    documents: documents.length,
    passages: documents.reduce((sum, { document_passages }) => sum + document_passages, 0),
    updated_at: documents.reduce((latest, document) => Math.max(latest, document.updated_at), updated_at),
  };
}

export function toDocumentSummary(document: StoredDocument): DocumentSummary {
  const { document_id, name, title, document_passages, bytes, enabled, updated_at } = document;
  return { document_id, name, title, passages: document_passages, bytes, enabled, updated_at };
}

function toPassage({ passage_id, document_id, name, title, heading, text }: ReadPassage): Passage {
  return { passage_id, document_id, name, title, heading, text };
}

function toPassageView(found: ReadPassage, around: readonly ReadPassage[]) {
  const { passage_id, text, heading, page, document_id, name, title } = found;
  const neighbours = (side: (position: number) => boolean) =>
    around
      .filter(({ position }) => side(position))
      .map((one) => ({
        passage_id: one.passage_id,
        heading: one.heading,
        text: one.text,
        page: one.page,
      }));
  return {
    passage_id,
    text,
    heading,
    page,
    document: { document_id, name, title },
    before: neighbours((position) => position < found.position),
    after: neighbours((position) => position > found.position),
  };
}
