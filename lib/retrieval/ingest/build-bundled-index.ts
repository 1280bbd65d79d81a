import { setImmediate } from "node:timers/promises";
import type { Clock } from "@/lib/domain/clock";
import { type IndexDatabase, sqlList } from "@/lib/retrieval/index/index-table";
import {
  createKnowledgeBaseTable,
  type KnowledgeBaseTable,
  openKnowledgeBaseTable,
  readAllKnowledgeBases,
  type StoredKnowledgeBase,
  toKnowledgeBaseRow,
} from "@/lib/retrieval/index/knowledge-base-table";
import type { PassageRow } from "@/lib/retrieval/index/passage-row";
import {
  createPassageTable,
  indexPassages,
  openPassageTable,
  type PassageTable,
  readDocuments,
} from "@/lib/retrieval/index/passage-table";
import { readRemovedDocuments } from "@/lib/retrieval/index/removed-document-table";
import { KEPT_VERSIONS_MS } from "@/lib/retrieval/index/tend-table";
import { type BundledBase, readBundledBases, readBundledDocuments } from "./bundled-manifest";
import type { CountTokens } from "./chunk-document";
import { documentRows, fingerprintOf, type SourceDocument } from "./document-rows";
import { keepFlags } from "./keep-flags";
import { documentIdOf } from "./passage-id";

export interface BuildOptions {
  docsDir: string;
  countTokens: CountTokens;
  clock: Clock;
  /** Called for each document that is cut, not for those that have not changed. */
  onProgress(completed: number, total: number): void;
}

export interface RetrievalTables {
  passages: PassageTable;
  knowledgeBases: KnowledgeBaseTable;
}

/**
 * Brings the index up to the bundled documents: only what changed is cut and written, in one commit, so
 * that a search sees a document's old passages or its new ones. Uploaded documents are left alone.
 */
export async function buildBundledIndex(
  database: IndexDatabase,
  options: BuildOptions,
): Promise<RetrievalTables> {
  const bundled = await readBundledBases(options.docsDir);
  const knowledgeBases = await syncKnowledgeBases(database, bundled, options.clock.now());
  const stored = await readAllKnowledgeBases(knowledgeBases);
  const kept = new Set(stored.filter(isFromProduct).map(({ prefix }) => prefix));
  const bases = bundled.filter(({ prefix }) => kept.has(prefix));
  const sources = await Promise.all(bases.map((base) => readBundledDocuments(options.docsDir, base)));
  const passages = await syncDocuments(database, sources.flat(), options);
  await removeLeftovers(passages, stored);
  await indexPassages(passages);
  return { passages, knowledgeBases };
}

async function syncKnowledgeBases(
  database: IndexDatabase,
  bundled: readonly BundledBase[],
  now: number,
): Promise<KnowledgeBaseTable> {
  const bases = bundled.map(({ folders: _, ...base }, position): StoredKnowledgeBase => {
    return { ...base, origin: "bundled", position, updated_at: now };
  });
  const table = await openKnowledgeBaseTable(database);
  if (!table) return createKnowledgeBaseTable(database, bases);
  const stored = await readAllKnowledgeBases(table);
  const known = new Map(stored.map((base) => [base.prefix, base]));
  const changed = bases.filter((base) => isOutdated(known.get(base.prefix), base));
  const wanted = new Set(bases.map(({ prefix }) => prefix));
  const gone = stored.filter(({ origin, prefix }) => origin === "bundled" && !wanted.has(prefix));
  if (changed.length > 0 || gone.length > 0) {
    const outdated = `prefix IN ${sqlList(gone.map(({ prefix }) => prefix))}`;
    await table.replace("prefix", changed.map(toKnowledgeBaseRow), outdated);
  }
  return table;
}

/** Whether a start brings the product's own text; what an administrator did to it stays. */
function isOutdated(stored: StoredKnowledgeBase | undefined, bundled: StoredKnowledgeBase): boolean {
  if (!stored) return true;
  if (stored.origin !== "bundled") return false;
  const sameTime = { ...bundled, updated_at: stored.updated_at };
  return JSON.stringify(toKnowledgeBaseRow(sameTime)) !== JSON.stringify(toKnowledgeBaseRow(stored));
}

function isFromProduct({ origin }: StoredKnowledgeBase): boolean {
  return origin === "bundled" || origin === "edited";
}

/** What a deletion that was cut short has left behind. */
async function removeLeftovers(
  passages: PassageTable,
  stored: readonly StoredKnowledgeBase[],
): Promise<void> {
  const deleted = stored.filter(({ origin }) => origin === "deleted").map(({ prefix }) => prefix);
  const where = `kb_prefix IN ${sqlList(deleted)}`;
  if (deleted.length > 0 && (await passages.count(where)) > 0)
    await passages.replace("passage_id", [], where);
}

/** What an administrator deleted or replaced by a file of the same name is not touched. */
async function syncDocuments(
  database: IndexDatabase,
  sources: readonly SourceDocument[],
  options: BuildOptions,
): Promise<PassageTable> {
  const removed = await readRemovedDocuments(database);
  const kept = sources.filter((source) => !removed.has(idOf(source)));
  const table = await openPassageTable(database);
  if (!table) return createPassageTable(database, await cutDocuments(kept, options));
  const known = new Map((await readDocuments(table)).map((document) => [document.document_id, document]));
  const isOurs = (id: string) => known.get(id)?.origin !== "upload";
  const changed = kept.filter((source) => known.get(idOf(source))?.fingerprint !== fingerprintOf(source));
  const wanted = new Set(kept.map(idOf));
  const outdated = [...changed.map(idOf), ...known.keys().filter((id) => !wanted.has(id))].filter(isOurs);
  const rows = await cutDocuments(
    changed.filter((source) => isOurs(idOf(source))),
    options,
  );
  if (rows.length > 0 || outdated.some((id) => known.has(id))) {
    const flagged = await keepFlags(table, rows);
    await table.replace("passage_id", flagged, `document_id IN ${sqlList(outdated)}`);
    await table.optimize(new Date(options.clock.now() - KEPT_VERSIONS_MS));
  }
  return table;
}

function idOf({ kbPrefix, name }: SourceDocument): string {
  return documentIdOf(kbPrefix, name);
}

/** Cuts documents one by one and lets other work run in between. */
async function cutDocuments(
  sources: readonly SourceDocument[],
  { countTokens, clock, onProgress }: BuildOptions,
): Promise<PassageRow[]> {
  const rows: PassageRow[] = [];
  for (const [at, source] of sources.entries()) {
    rows.push(...documentRows(source, countTokens, clock.now()));
    onProgress(at + 1, sources.length);
    await setImmediate();
  }
  return rows;
}
