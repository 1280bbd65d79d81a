import { z } from "zod";
import type { KnowledgeBase } from "@/lib/domain/knowledge-base";
import type { IndexDatabase, IndexTable, TableSchema } from "./index-table";
import type { KnowledgeBaseRow } from "./passage-row";

export type KnowledgeBaseTable = IndexTable<KnowledgeBaseRow>;

const KNOWLEDGE_BASES = "knowledge_bases_v1";

const COLUMNS = [
  "prefix",
  "title",
  "description",
  "keywords",
  "suggested",
  "origin",
  "position",
  "updated_at",
] as const;

const SCHEMA: TableSchema<KnowledgeBaseRow> = {
  key: "prefix",
  columns: {
    prefix: "text",
    title: "text",
    description: "text",
    keywords: "text",
    suggested: "text",
    origin: "text",
    position: "int",
    updated_at: "float",
  },
};

export function openKnowledgeBaseTable(database: IndexDatabase): Promise<KnowledgeBaseTable | null> {
  return database.open<KnowledgeBaseRow>(KNOWLEDGE_BASES, SCHEMA.key);
}

/** Makes the table with its first rows; one that another process has just made is opened instead. */
export function createKnowledgeBaseTable(
  database: IndexDatabase,
  bases: readonly StoredKnowledgeBase[],
): Promise<KnowledgeBaseTable> {
  return database.create(KNOWLEDGE_BASES, SCHEMA, bases.map(toKnowledgeBaseRow));
}

/** A knowledge base as it is stored, its lists as lists. */
export type StoredKnowledgeBase = KnowledgeBase &
  Pick<KnowledgeBaseRow, "origin" | "position" | "updated_at">;

export function toKnowledgeBaseRow(base: StoredKnowledgeBase): KnowledgeBaseRow {
  const { prefix, title, description, origin, position, updated_at } = base;
  const lists = { keywords: JSON.stringify(base.keywords), suggested: JSON.stringify(base.suggested) };
  return { prefix, title, description, ...lists, origin, position, updated_at };
}

/** The knowledge bases that there are, in the order of their position. */
export async function readKnowledgeBases(table: KnowledgeBaseTable): Promise<StoredKnowledgeBase[]> {
  return (await readAllKnowledgeBases(table)).filter(({ origin }) => origin !== "deleted");
}

/** The same with the marks of those that were deleted. */
export async function readAllKnowledgeBases(table: KnowledgeBaseTable): Promise<StoredKnowledgeBase[]> {
  const rows = await table.select({ columns: COLUMNS });
  const bases = rows.map((row) => ({
    ...row,
    keywords: toList(row.keywords),
    suggested: toList(row.suggested),
  }));
  return bases.sort((a, b) => a.position - b.position || a.prefix.localeCompare(b.prefix));
}

function toList(json: string): string[] {
  return z.array(z.string()).parse(JSON.parse(json));
}
