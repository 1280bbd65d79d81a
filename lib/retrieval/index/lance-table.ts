import { BooleanQuery, type Connection, connect, MatchQuery, Occur, type Table } from "@lancedb/lancedb";
import { toArrowSchema } from "./arrow-schema";
import { createIndexCall, type IndexCall, indexError, placeOf } from "./index-error";
import type { IndexDatabase, IndexTable, TableSchema, TextClause } from "./index-table";
import type { KeptRows } from "./kept-rows";
import {
  countUnindexedRows,
  ensureIndexes,
  isSettled,
  optimizeTable,
  rewriteTable,
  settle,
} from "./lance-indexes";
import { keepRows, searchKept } from "./lance-kept-rows";
import { readRows, scanRows, selectFrom } from "./lance-rows";
import { reserveLanceThreads } from "./lance-threads";
import { retryCommit } from "./retry-commit";
import { createSnapshots } from "./snapshots";

/** Vectors that a search looks at in each part of their index. */
const VISITED_VECTORS = 300;
/** The index holds rough vectors: so many times as many rows as are wanted are compared by their own. */
const REFINED = 2;

/**
 * Connects to a Lance index in a folder or at an address of object storage, whose endpoint and credentials
 * are in `storageOptions`, by the names that Lance has for them.
 */
export async function connectLance(
  uri: string,
  storageOptions: Record<string, string> = {},
): Promise<IndexDatabase> {
  reserveLanceThreads();
  const call = createIndexCall(placeOf(uri));
  const options = { readConsistencyInterval: 0, storageOptions };
  const connection = await call("be opened", () => connect(uri, options));
  const open = async <Row extends object>(name: string, key: string): Promise<IndexTable<Row> | null> => {
    const table = await call("be opened", () => openIfThere(connection, name));
    if (!table) return null;
    const at = async (version: number): Promise<OpenTable> => {
      const past = await connection.openTable(name);
      await past.checkout(version);
      return { table: past, key, kept: keepRows(past, key, call) };
    };
    return toIndexTable<Row>({ table, key, kept: null }, call, at);
  };
  return {
    open,
    create: async <Row extends object>(name: string, schema: TableSchema<Row>, rows: readonly Row[]) => {
      await call("be written", () => createTable(connection, name, schema, rows));
      const table = await open<Row>(name, schema.key);
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
  } catch (error) {
    if (!(await openIfThere(connection, name))) throw error;
  }
  await declareKey(await connection.openTable(name), key);
}

/** Without a declared key, two processes that insert the same row at once would both succeed. */
async function declareKey(table: Table, key: string): Promise<void> {
  await retryCommit(() => table.setUnenforcedPrimaryKey(key)).catch((error: unknown) => {
    const isDeclared = error instanceof Error && /already set|cannot be changed once set/.test(error.message);
    if (!isDeclared) throw error;
  });
}

interface OpenTable {
  table: Table;
  key: string;
  /** Null for a table that sees later commits: they may number the rows anew. */
  kept: KeptRows | null;
}

/** `at` opens the same table as it was at a version. */
function toIndexTable<Row extends object>(
  { table, key, kept }: OpenTable,
  call: IndexCall,
  at: (version: number) => Promise<OpenTable>,
): IndexTable<Row> {
  const snapshot = createSnapshots({
    version: () => table.version(),
    open: at,
    isSettled: (past) => isSettled(past.table),
  });
  const write = <T>(commit: () => Promise<T>) =>
    call("be written", async () => {
      const result = await commit();
      await settle(table);
      return result;
    });
  return {
    snapshot: async () => toIndexTable<Row>(await call("be read", snapshot), call, at),
    version: () => call("be read", () => table.version()),
    count: (where) => call("be read", () => table.countRows(where)),
    select: (selection) => call("be read", () => readRows(selectFrom(table, selection))),
    lookUp: <C extends keyof Row & string>(keys: readonly string[], columns: readonly C[]) =>
      call("be read", async () => {
        const rows = await (kept ?? keepRows(table, key, call)).byKey(keys, columns);
        return rows as Pick<Row, C>[];
      }),
    scan: (selection) => scanRows(selectFrom(table, selection), call),
    searchText: (column, clauses, selection) =>
      call("be searched", () => {
        const search = (columns: readonly string[]) =>
          selectFrom(table, { ...selection, columns }, "_score").fullTextSearch(toTextQuery(column, clauses));
        if (!kept) return readRows(search(selection.columns), { _score: "score" });
        return searchKept(search([]), kept, selection.columns);
      }),
    searchVector: (vector, selection, { exact } = { exact: false }) =>
      call("be searched", async () => {
        const query = selectFrom(table, selection, "_distance")
          .nearestTo([...vector])
          .distanceType("cosine");
        if (exact) query.bypassVectorIndex();
        else query.ef(VISITED_VECTORS).refineFactor(REFINED);
        type Asked = Pick<Row, (typeof selection)["columns"][number]>;
        const rows = await readRows<Asked & { similarity: number }>(query, { _distance: "similarity" });
        return rows.map((row) => ({ ...row, similarity: 1 - row.similarity }));
      }),
    replace: (key, rows, where) => write(() => replaceRows(table, key, rows, where)),
    insert: (key, rows) =>
      call("be written", async () => {
        const insert = () => table.mergeInsert(key).whenNotMatchedInsertAll().execute(toRecords(rows));
        return (await retryCommit(insert)).numInsertedRows;
      }),
    update: (where, values) =>
      write(async () => (await retryCommit(() => table.update({ where, values }))).rowsUpdated),
    ensureIndexes: (kinds) => write(() => ensureIndexes(table, kinds)),
    unindexedRows: () => call("be read", () => countUnindexedRows(table)),
    optimize: (removeBefore) => call("be written", () => optimizeTable(table, removeBefore)),
    rewrite: () => call("be written", () => rewriteTable(table)),
    pastVersions: () => call("be read", async () => (await table.listVersions()).length - 1),
  };
}

/** Lance skips what cannot be among the best for a single clause only: several take about five times as long. */
function toTextQuery(column: string, clauses: readonly TextClause[]): BooleanQuery | MatchQuery {
  const queries = clauses.map(({ text, boost }) => new MatchQuery(text, column, { boost }));
  const [first, ...others] = queries;
  if (first && others.length === 0) return first;
  return new BooleanQuery(queries.map((query) => [Occur.Should, query]));
}

async function replaceRows(table: Table, key: string, rows: readonly object[], where: string | null) {
  if (rows.length === 0) {
    if (where !== null) await retryCommit(() => table.delete(where));
    return;
  }
  const merge = table.mergeInsert(key).whenMatchedUpdateAll().whenNotMatchedInsertAll();
  const records = toRecords(rows);
  await retryCommit(() =>
    (where === null ? merge : merge.whenNotMatchedBySourceDelete({ where })).execute(records),
  );
}

function toRecords(rows: readonly object[]): Record<string, unknown>[] {
  return rows.map((row) => ({ ...row }));
}
