import type { QueryTerm } from "@/lib/retrieval/text/query-terms";
import type { IndexDatabase, IndexTable, TableSchema, TextClause } from "./index-table";
import { sqlText } from "./index-table";
import type { PassageContent, PassageHit, PassageRow } from "./passage-row";

export type PassageTable = IndexTable<PassageRow>;

/** Another schema gets another name, so that versions of the product can share a folder. */
const PASSAGES = "passages_v2";
const TEXT_COLUMNS = ["words", "trigrams"] as const;
const HIT_COLUMNS = ["passage_id", "title", "heading"] as const;
const CONTENT_COLUMNS = ["passage_id", "document_id", "name", "text", "words"] as const;

const SCHEMA: TableSchema<PassageRow> = {
  key: "passage_id",
  columns: {
    passage_id: "text",
    document_id: "text",
    kb_prefix: "text",
    name: "text",
    title: "text",
    heading: "text",
    text: "text",
    position: "int",
    page: "int?",
    tokens: "int",
    words: "text",
    trigrams: "text",
    entities: "text",
    origin: "text",
    fingerprint: "text",
    format: "text",
    document_pages: "int?",
    document_passages: "int",
    bytes: "float",
    enabled: "bool",
    passage_enabled: "bool",
    source: "text",
    updated_at: "float",
  },
};

export function openPassageTable(database: IndexDatabase): Promise<PassageTable | null> {
  return database.open<PassageRow>(PASSAGES, SCHEMA.key);
}

/** Makes the table with its first passages; one that another process has just made is opened instead. */
export function createPassageTable(
  database: IndexDatabase,
  rows: readonly PassageRow[],
): Promise<PassageTable> {
  return database.create(PASSAGES, SCHEMA, rows);
}

/** Makes whatever searching and reading look for fast. */
export function indexPassages(table: PassageTable): Promise<void> {
  return table.ensureIndexes({
    words: "text",
    trigrams: "text",
    kb_prefix: "label",
    enabled: "label",
    passage_enabled: "label",
    position: "key",
    document_id: "key",
    passage_id: "key",
  });
}

const DOCUMENT_COLUMNS = [
  "document_id",
  "kb_prefix",
  "name",
  "title",
  "origin",
  "fingerprint",
  "format",
  "document_pages",
  "document_passages",
  "bytes",
  "enabled",
  "updated_at",
] as const;
/** What the table knows of a document; each of its passages carries it. */
export type StoredDocument = Pick<PassageRow, (typeof DOCUMENT_COLUMNS)[number]>;

/** All documents of all knowledge bases, or those that a predicate selects, by name. */
export async function readDocuments(table: PassageTable, which?: string): Promise<StoredDocument[]> {
  const where = which === undefined ? "position = 0" : `position = 0 AND ${which}`;
  const documents = await table.select({ columns: DOCUMENT_COLUMNS, where });
  return documents.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Passages of a knowledge base that users may see. */
export function visibleIn(kbPrefix: string): string {
  return `kb_prefix = ${sqlText(kbPrefix)} AND enabled = true AND passage_enabled = true`;
}

/** Passages by BM25 over their words or their trigrams, best first; equal ones in the order of their ids. */
export async function searchPassages(
  table: PassageTable,
  column: (typeof TEXT_COLUMNS)[number],
  { terms, kbPrefix, limit }: { terms: readonly QueryTerm[]; kbPrefix: string; limit: number },
): Promise<PassageHit[]> {
  if (terms.length === 0) return [];
  const selection = { columns: HIT_COLUMNS, where: visibleIn(kbPrefix), limit };
  const hits = await table.searchText(column, toClauses(terms), selection);
  return hits.sort((a, b) => b.score - a.score || a.passage_id.localeCompare(b.passage_id));
}

/** One clause for each weight: that is how the engine is told of weights. */
function toClauses(terms: readonly QueryTerm[]): TextClause[] {
  const byWeight = Map.groupBy(terms, ({ weight }) => weight);
  return [...byWeight].map(([boost, group]) => ({ text: group.map(({ term }) => term).join(" "), boost }));
}

const READING_COLUMNS = [
  "passage_id",
  "document_id",
  "kb_prefix",
  "name",
  "title",
  "heading",
  "text",
  "position",
  "page",
] as const;
export type ReadPassage = Pick<PassageRow, (typeof READING_COLUMNS)[number]>;

/** Passages that a predicate selects, in reading order, whether users may see them or not. */
export async function readPassages(table: PassageTable, where: string): Promise<ReadPassage[]> {
  const rows = await table.select({ columns: READING_COLUMNS, where });
  return rows.sort((a, b) => a.position - b.position);
}

/** Visible passages by their ids, in the order of the ids; those that are gone are left out. */
export async function fetchHits(
  table: PassageTable,
  kbPrefix: string,
  ids: readonly string[],
): Promise<PassageHit[]> {
  const rows = await table.lookUp(ids, [...HIT_COLUMNS, "kb_prefix", "enabled", "passage_enabled"]);
  return rows.flatMap(({ kb_prefix, enabled, passage_enabled, ...hit }) =>
    kb_prefix === kbPrefix && enabled && passage_enabled ? [{ ...hit, score: 0 }] : [],
  );
}

/** The contents of passages by their ids; those that are gone are left out. */
export async function readContents(
  table: PassageTable,
  ids: readonly string[],
): Promise<Map<string, PassageContent>> {
  const rows = await table.lookUp(ids, CONTENT_COLUMNS);
  return new Map(rows.map(({ passage_id, ...content }) => [passage_id, content]));
}
