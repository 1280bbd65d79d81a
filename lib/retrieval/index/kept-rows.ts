import { LRUCache } from "lru-cache";

/** A row as the engine numbers it in one version of a table. */
export interface NumberedRow {
  number: bigint;
  fields: Readonly<Record<string, unknown>>;
}

/** One version of a table: its rows never change. */
export interface RowSource {
  /** The column that tells rows apart; a text. */
  key: string;
  byNumber(numbers: readonly bigint[], columns: readonly string[]): Promise<NumberedRow[]>;
  byKey(keys: readonly string[], columns: readonly string[]): Promise<NumberedRow[]>;
  /** All rows, a few at a time. */
  all(columns: readonly string[]): AsyncIterable<NumberedRow[]>;
}

/** What was read lately of one version of a table, so that the next search need not read it again. */
export interface KeptRows {
  /** Columns of rows, each at the place of its number; rows that are not there are left out. */
  byNumber(numbers: readonly bigint[], columns: readonly string[]): Promise<Map<bigint, object>>;
  /** The same by the values of the key, in the order of the keys. */
  byKey(keys: readonly string[], columns: readonly string[]): Promise<object[]>;
}

/** About 32 MB where texts have Chinese, half of it where they have none. */
const MOST_CHARACTERS = 16_000_000;
/** What a field takes beside its text, in characters. */
const FIELD_OVERHEAD = 16;
/** While documents come in, most versions are hardly read: rows are read ahead at so many searches of one. */
const SEARCHES_BEFORE_FILLING = 8;
/** The rest is for what turns out to be asked for. */
const FILLED_SHARE = 0.5;

type Fields = NumberedRow["fields"];

/**
 * Keeps what is read of a source, as long as it has no more than so many characters; what was used the longest ago
 * goes first. Fails as the source does, and keeps nothing of what failed.
 */
export function createKeptRows(source: RowSource, mostCharacters = MOST_CHARACTERS): KeptRows {
  let searches = 0;
  const numbers = new Map<string, bigint>();
  const rows = new LRUCache<bigint, Fields>({
    maxSize: mostCharacters,
    sizeCalculation: sizeOf,
    dispose: (fields) => numbers.delete(String(fields[source.key])),
  });

  function keep(row: NumberedRow): Fields {
    const { number } = row;
    const fields = { ...rows.peek(number), ...row.fields };
    rows.set(number, fields);
    numbers.set(String(fields[source.key]), number);
    return fields;
  }

  async function read(wanted: readonly bigint[], columns: readonly string[]): Promise<Map<bigint, Fields>> {
    const found = new Map<bigint, Fields>();
    for (const number of wanted) {
      const fields = rows.get(number);
      if (fields && columns.every((column) => column in fields)) found.set(number, fields);
    }
    const missing = wanted.filter((number) => !found.has(number));
    const taken = missing.length === 0 ? [] : await source.byNumber(missing, withKey(columns));
    for (const row of taken) found.set(row.number, keep(row));
    return found;
  }

  /** Reads ahead what searches ask for: all rows take hardly longer than one. */
  async function fill(columns: readonly string[]): Promise<void> {
    for await (const batch of source.all(withKey(columns))) {
      for (const row of batch) keep(row);
      if (rows.calculatedSize > mostCharacters * FILLED_SHARE) return;
    }
  }

  function withKey(columns: readonly string[]): readonly string[] {
    return columns.includes(source.key) ? columns : [...columns, source.key];
  }

  return {
    byNumber: async (wanted, columns) => {
      searches += 1;
      if (searches === SEARCHES_BEFORE_FILLING)
        fill(columns).catch(() => "what is missing is read when it is asked for");
      const found = await read(wanted, columns);
      return new Map([...found].map(([number, fields]) => [number, pick(fields, columns)]));
    },
    byKey: async (keys, columns) => {
      const known = keys.flatMap((key) => numbers.get(key) ?? []);
      const unknown = keys.filter((key) => !numbers.has(key));
      const [kept, found] = await Promise.all([
        read(known, columns),
        unknown.length === 0 ? [] : source.byKey(unknown, withKey(columns)),
      ]);
      const all = [...kept.values(), ...found.map(keep)];
      const byKey = new Map(all.map((fields) => [fields[source.key], fields]));
      return keys.flatMap((key) => {
        const fields = byKey.get(key);
        return fields ? [pick(fields, columns)] : [];
      });
    },
  };
}

function pick(fields: Fields, columns: readonly string[]): Fields {
  return Object.fromEntries(columns.map((column) => [column, fields[column]]));
}

function sizeOf(fields: Fields): number {
  const lengths = Object.values(fields).map((value) => (typeof value === "string" ? value.length : 0));
  return lengths.reduce((sum, length) => sum + length + FIELD_OVERHEAD, 0);
}
