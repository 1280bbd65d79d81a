import { Index, type Table } from "@lancedb/lancedb";
import type { IndexKind } from "./index-table";
import { isConflict, retryCommit } from "./retry-commit";
import { KEPT_VERSIONS_MS } from "./tend-table";

/**
 * Lance 8 counts in how many unindexed rows a term is by how often it occurs there: a term that those rows
 * repeat gets a negative weight as soon as they are many, and a search for it does not find them.
 */
const MOST_UNINDEXED = 0.05;

/** Lance's own filters are off: the columns hold terms that are folded, stemmed and segmented already. */
const TERMS_AS_THEY_ARE = {
  baseTokenizer: "whitespace",
  lowercase: false,
  stem: false,
  removeStopWords: false,
  asciiFolding: false,
  withPosition: false,
  maxTokenLength: 256,
} as const;

/** Vectors in one part of their index: making it takes less time for small parts, searching for few. */
const VECTORS_PER_PART = 4096;

function toIndex(kind: IndexKind, rows: number): Index {
  if (kind === "text") return Index.fts(TERMS_AS_THEY_ARE);
  if (kind === "key") return Index.btree();
  if (kind === "label") return Index.bitmap();
  return Index.hnswSq({ distanceType: "cosine", numPartitions: Math.ceil(rows / VECTORS_PER_PART) });
}

/** Makes the indexes that are not there yet, one commit each. */
export async function ensureIndexes(table: Table, kinds: Readonly<Record<string, IndexKind | undefined>>) {
  for (const [column, kind] of Object.entries(kinds)) {
    if (kind === undefined) continue;
    await retryCommit(async () => {
      const existing = await table.listIndices();
      const has = existing.some((index) => index.columns.includes(column));
      if (!has) await table.createIndex(column, { config: toIndex(kind, await table.countRows()) });
    });
  }
}

/** Rows that are not in every index yet: searches read them one by one. */
export async function countUnindexedRows(table: Table): Promise<number> {
  const indexes = await table.listIndices();
  return Math.max(0, ...indexes.map(({ numUnindexedRows }) => numUnindexedRows ?? 0));
}

/** Where another process changed the same files meanwhile, its work stands and this one's is left out. */
export async function optimizeTable(table: Table, removeBefore: Date): Promise<void> {
  try {
    await table.optimize({ cleanupOlderThan: removeBefore });
  } catch (error) {
    if (!isConflict(error)) throw error;
  }
}

const CLEANUPS = 5;
const KIND_OF_INDEX: Readonly<Record<string, IndexKind>> = {
  FTS: "text",
  BTREE: "key",
  BITMAP: "label",
  IVF_HNSW_SQ: "vector",
};

/**
 * Compacting leaves files alone of which few rows are deleted, and an index keeps the words of rows that are gone:
 * so every row moves into new files, and every index is made again.
 */
export async function rewriteTable(table: Table): Promise<void> {
  // Any column will do but the key.
  const [, column] = (await table.schema()).fields;
  const rows = await table.countRows();
  if (column && rows > 0)
    await retryCommit(() => table.update({ valuesSql: { [column.name]: column.name } }));
  for (const { columns, indexType } of await table.listIndices()) {
    const kind = KIND_OF_INDEX[indexType];
    const [name] = columns;
    if (!kind || name === undefined) continue;
    await retryCommit(() => table.createIndex(name, { config: toIndex(kind, rows), replace: true }));
  }
  // Files that no version refers to are what a writer left that was killed: Lance would keep them for a week.
  const cleanUp = () => table.optimize({ cleanupOlderThan: new Date(), deleteUnverified: true });
  // It cleans up before it brings the indexes up to date, which makes a version once more.
  await retryCommit(cleanUp);
  for (let turn = 1; turn < CLEANUPS && (await table.listVersions()).length > 1; turn += 1)
    await retryCommit(cleanUp);
}

/** Whether text searches find all rows, and weigh them about right. */
export async function isSettled(table: Table): Promise<boolean> {
  const indexes = (await table.listIndices()).filter(({ indexType }) => indexType === "FTS");
  return indexes.every(({ numIndexedRows = 0, numUnindexedRows = 0 }) => {
    return numUnindexedRows <= MOST_UNINDEXED * (numIndexedRows + numUnindexedRows);
  });
}

/** Takes the rows of a write into the indexes where they are too many to wait for the caretaker. */
export async function settle(table: Table): Promise<void> {
  if (!(await isSettled(table))) await optimizeTable(table, new Date(Date.now() - KEPT_VERSIONS_MS));
}
