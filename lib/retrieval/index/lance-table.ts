import {
  BooleanQuery,
  type Connection,
  connect,
  Index,
  MatchQuery,
  Occur,
  type Table,
} from "@lancedb/lancedb";
import { toArrowSchema } from "./arrow-schema";
import { indexCall, indexError } from "./index-error";
import type { IndexDatabase, IndexTable, Selection, TableSchema, TextClause } from "./index-table";
import { reserveLanceThreads } from "./lance-threads";

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

/** Another process may commit at the same time; Lance then asks to try again. */
const COMMIT_ATTEMPTS = 5;

/** Connects to a Lance index in a folder or at an address of object storage. */
export async function connectLance(uri: string): Promise<IndexDatabase> {
  reserveLanceThreads();
  const connection = await indexCall("be opened", () => connect(uri, { readConsistencyInterval: 0 }));
  const open = async <Row extends object>(name: string): Promise<IndexTable<Row> | null> => {
    const table = await indexCall("be opened", () => openIfThere(connection, name));
    return table && toIndexTable<Row>(table);
  };
  return {
    open,
    create: async <Row extends object>(name: string, schema: TableSchema<Row>, rows: readonly Row[]) => {
      await createTable(connection, name, schema, rows);
      const table = await open<Row>(name);
      if (!table) throw indexError("The search index could not keep a new table.");
      return table;
    },
    close: () => connection.close(),
  };
}

function openIfThere(connection: Connection, name: string): Promise<Table | null> {
  return connection.openTable(name).catch((error: unknown) => {
    if (error instanceof Error && error.message.includes("was not found")) return null;
    throw error;
  });
}

/** Where two processes make the same table, the first one wins with all its rows. */
async function createTable<Row extends object>(
  connection: Connection,
  name: string,
  { columns, key }: TableSchema<Row>,
  rows: readonly Row[],
): Promise<void> {
  const schema = toArrowSchema(columns);
  try {
    if (rows.length === 0) await connection.createEmptyTable(name, schema);
    else await connection.createTable(name, toRecords(rows), { schema });
  } catch (cause) {
    const exists = (await connection.tableNames()).includes(name);
    if (!exists) throw indexError("The search index could not be written: is DATA_DIR writable?", { cause });
  }
  await indexCall("be written", async () => declareKey(await connection.openTable(name), key));
}

/** Without a declared key, two processes that insert the same row at once would both succeed. */
async function declareKey(table: Table, key: string): Promise<void> {
  await retried(() => table.setUnenforcedPrimaryKey(key)).catch((error: unknown) => {
    const isDeclared = error instanceof Error && /already set|cannot be changed once set/.test(error.message);
    if (!isDeclared) throw error;
  });
}

function toIndexTable<Row extends object>(table: Table): IndexTable<Row> {
  return {
    version: () => indexCall("be read", () => table.version()),
    count: (where) => indexCall("be read", () => table.countRows(where)),
    select: (selection) =>
      indexCall("be read", async () => toRows(await selectFrom(table, selection).toArray())),
    scan: (selection) => scanTable(table, selection),
    searchText: (column, clauses, selection) =>
      indexCall("be searched", async () => {
        const query = selectFrom(table, selection, "_score").fullTextSearch(toTextQuery(column, clauses));
        return (await query.toArray()).map(({ _score, ...row }) => ({ ...row, score: _score }));
      }),
    searchVector: (vector, selection) =>
      indexCall("be searched", async () => {
        const query = selectFrom(table, selection, "_distance")
          .nearestTo([...vector])
          .distanceType("cosine");
        return (await query.toArray()).map(({ _distance, ...row }) => ({
          ...row,
          similarity: 1 - _distance,
        }));
      }),
    replace: (key, rows, where) => replaceRows(table, key, rows, where),
    insert: (key, rows) =>
      indexCall("be written", async () => {
        const insert = () => table.mergeInsert(key).whenNotMatchedInsertAll().execute(toRecords(rows));
        return (await retried(insert)).numInsertedRows;
      }),
    update: (where, values) =>
      indexCall("be written", async () => (await retried(() => table.update({ where, values }))).rowsUpdated),
    ensureTextIndexes: (columns) => ensureTextIndexes(table, columns),
    optimize: async (removeBefore) => {
      await indexCall("be written", () => retried(() => table.optimize({ cleanupOlderThan: removeBefore })));
    },
  };
}

function selectFrom(table: Table, { columns, where, limit }: Selection<string>, extra?: string) {
  const query = table.query().select(extra ? [...columns, extra] : [...columns]);
  if (where !== undefined) query.where(where);
  if (limit !== undefined) query.limit(limit);
  return query;
}

/** Arrow's rows read their columns on each access; plain objects do not. */
function toRows<T>(records: Iterable<T>): T[] {
  return Array.from(records, (record) => ({ ...record }));
}

async function* scanTable<T>(table: Table, selection: Selection<string>): AsyncGenerator<T[]> {
  const batches = selectFrom(table, selection)[Symbol.asyncIterator]();
  for (;;) {
    const next = await indexCall("be read", () => batches.next());
    if (next.done) return;
    yield toRows<T>(next.value);
  }
}

function toTextQuery(column: string, clauses: readonly TextClause[]): BooleanQuery {
  return new BooleanQuery(
    clauses.map(({ text, boost }) => [Occur.Should, new MatchQuery(text, column, { boost })]),
  );
}

async function replaceRows(table: Table, key: string, rows: readonly object[], where: string | null) {
  await indexCall("be written", async () => {
    if (rows.length === 0) {
      if (where !== null) await retried(() => table.delete(where));
      return;
    }
    const merge = table.mergeInsert(key).whenMatchedUpdateAll().whenNotMatchedInsertAll();
    await (where === null ? merge : merge.whenNotMatchedBySourceDelete({ where })).execute(toRecords(rows));
  });
}

async function ensureTextIndexes(table: Table, columns: readonly string[]): Promise<void> {
  await indexCall("be written", async () => {
    for (const column of columns) {
      await retried(async () => {
        const existing = await table.listIndices();
        const has = existing.some((index) => index.columns.includes(column));
        if (!has) await table.createIndex(column, { config: Index.fts(TERMS_AS_THEY_ARE) });
      });
    }
  });
}

async function retried<T>(commit: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await commit();
    } catch (error) {
      const conflict = error instanceof Error && /conflict/i.test(error.message);
      if (!conflict || attempt >= COMMIT_ATTEMPTS) throw error;
    }
  }
}

function toRecords(rows: readonly object[]): Record<string, unknown>[] {
  return rows.map((row) => ({ ...row }));
}
