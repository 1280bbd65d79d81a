import { setImmediate } from "node:timers/promises";
import type { Table } from "@lancedb/lancedb";
import type { RecordBatch } from "apache-arrow";
import type { IndexCall } from "./index-error";
import type { Selection } from "./index-table";

/** Rows that a scan hands over at a time: what a reader does with them should not hold up others for long. */
const SCANNED_ROWS = 256;

/** A query for columns of a table, and for one that the engine adds. */
export function selectFrom(table: Table, { columns, where, limit }: Selection<string>, extra?: string) {
  const query = table.query().select(extra ? [...columns, extra] : [...columns]);
  if (where !== undefined) query.where(where);
  if (limit !== undefined) query.limit(limit);
  return query;
}

/** All rows of a query. */
export async function readRows<T>(
  query: AsyncIterable<RecordBatch>,
  names: Readonly<Record<string, string>> = {},
): Promise<T[]> {
  const rows: T[] = [];
  for await (const batch of query) rows.push(...toRows<T>(batch, names));
  return rows;
}

/**
 * Plain objects, since Arrow's own rows look their columns up on each access. `names` are those of the
 * engine's columns here; the others keep theirs.
 */
function toRows<T>(batch: RecordBatch, names: Readonly<Record<string, string>>): T[] {
  const columns = batch.schema.fields.map(({ name }, at) => ({
    name: names[name] ?? name,
    values: batch.getChildAt(at),
  }));
  return Array.from({ length: batch.numRows }, (_, row) => {
    const fields = columns.map(({ name, values }) => [name, values?.get(row)] as const);
    return Object.fromEntries(fields) as T;
  });
}

/** The same, a few at a time, so that a large table neither fills the memory nor blocks other work. */
export async function* scanRows<T>(query: AsyncIterable<RecordBatch>, call: IndexCall): AsyncGenerator<T[]> {
  const batches = query[Symbol.asyncIterator]();
  for (;;) {
    const next = await call("be read", () => batches.next());
    if (next.done) return;
    for (let at = 0; at < next.value.numRows; at += SCANNED_ROWS) {
      yield toRows<T>(next.value.slice(at, at + SCANNED_ROWS), {});
      await setImmediate();
    }
  }
}
