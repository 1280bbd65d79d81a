import type { Query, Table, TakeQuery } from "@lancedb/lancedb";
import type { IndexCall } from "./index-error";
import { sqlList } from "./index-table";
import { createKeptRows, type KeptRows } from "./kept-rows";
import { readRows, scanRows, selectFrom } from "./lance-rows";

/** What this version of the table was asked for lately. */
export function keepRows(table: Table, key: string, call: IndexCall): KeptRows {
  type Read = Record<string, unknown> & { _rowid: bigint };
  const numbered = (rows: readonly Read[]) =>
    rows.map(({ _rowid, ...fields }) => ({ number: _rowid, fields }));
  const read = async (query: Query | TakeQuery, columns: readonly string[]) =>
    numbered(await readRows<Read>(query.select([...columns]).withRowId()));
  return createKeptRows({
    key,
    byNumber: (numbers, columns) => read(table.takeRowIds(numbers), columns),
    byKey: (keys, columns) => read(table.query().where(`${key} IN ${sqlList(keys)}`), columns),
    async *all(columns) {
      const query = selectFrom(table, { columns }).withRowId();
      for await (const rows of scanRows<Read>(query, call)) yield numbered(rows);
    },
  });
}

/** The hits of a text search by their numbers alone, which is fast, and their columns from the kept rows. */
export async function searchKept<T>(query: Query, kept: KeptRows, columns: readonly string[]) {
  type Match = { _rowid: bigint; _score: number };
  const matches = await readRows<Match>(query.withRowId());
  const rows = await kept.byNumber(
    matches.map(({ _rowid }) => _rowid),
    columns,
  );
  return matches.flatMap(({ _rowid, _score }) => {
    const row = rows.get(_rowid);
    return row ? [{ ...row, score: _score } as T] : [];
  });
}
