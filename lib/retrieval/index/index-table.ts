/** Words that a text search looks for, and how much a match of them counts. */
export interface TextClause {
  text: string;
  boost: number;
}

type Column<Row> = keyof Row & string;

export interface Selection<C> {
  columns: readonly C[];
  /** SQL predicate over the columns. */
  where?: string;
  limit?: number;
}

/**
 * What an index of a column is for: BM25 over terms, rows by a value that few rows share, rows by one of a
 * few values, or the nearest vectors.
 */
export type IndexKind = "text" | "key" | "label" | "vector";
/** The columns that have an index. */
export type IndexKinds<Row> = Readonly<Partial<Record<Column<Row>, IndexKind>>>;

/** One table of the index. Reads see what any process has committed; each write is one commit. */
export interface IndexTable<Row extends object> {
  /** Grows with each commit. */
  version(): Promise<number>;
  /**
   * The table as it is now, to read: what is asked of it one after another sees no later commit. What searches and
   * `lookUp` read of it is kept in memory for the next ones.
   */
  snapshot(): Promise<IndexTable<Row>>;
  count(where?: string): Promise<number>;
  /** Rows in no particular order. */
  select<C extends Column<Row>>(selection: Selection<C>): Promise<Pick<Row, C>[]>;
  /** Rows by the values of the table's key, in their order; those that are gone are left out. */
  lookUp<C extends Column<Row>>(keys: readonly string[], columns: readonly C[]): Promise<Pick<Row, C>[]>;
  /** What `select` returns, in batches: a large table neither fills the memory nor blocks other work. */
  scan<C extends Column<Row>>(selection: Selection<C>): AsyncGenerator<Pick<Row, C>[]>;
  /** Rows by BM25 over one column, best first. */
  searchText<C extends Column<Row>>(
    column: Column<Row>,
    clauses: readonly TextClause[],
    selection: Selection<C>,
  ): Promise<(Pick<Row, C> & { score: number })[]>;
  /** Rows by cosine similarity of their vector, best first; an index may miss a few unless `exact`. */
  searchVector<C extends Column<Row>>(
    vector: readonly number[],
    selection: Selection<C>,
    options?: { exact: boolean },
  ): Promise<(Pick<Row, C> & { similarity: number })[]>;
  /** Puts rows in the place of those with the same `key` and of all that `where` selects, if it is given. */
  replace(key: Column<Row>, rows: readonly Row[], where: string | null): Promise<void>;
  /** Adds the rows whose `key` the table does not have yet; returns how many that were. */
  insert(key: Column<Row>, rows: readonly Row[]): Promise<number>;
  /** Changes the rows that `where` selects at the moment of the commit; returns how many that were. */
  update(where: string, values: Record<string, string | number | boolean>): Promise<number>;
  /** Makes the indexes of these columns; does nothing where they are. */
  ensureIndexes(kinds: IndexKinds<Row>): Promise<void>;
  /** Rows that are not in every index yet: each search reads them one by one. */
  unindexedRows(): Promise<number>;
  /**
   * Takes the last writes into the indexes, joins small files and removes versions from before that time;
   * leaves it to the next call where another process writes at the same time.
   */
  optimize(removeBefore: Date): Promise<void>;
  /**
   * Writes all rows and indexes anew and removes every earlier version, and what writers left that did not come to
   * an end: then nothing is left of deleted rows. While nobody else writes, whose files it would take away; a search
   * that reads an earlier version fails.
   */
  rewrite(): Promise<void>;
  /** Versions before the present one that are still kept. */
  pastVersions(): Promise<number>;
}

export type ColumnType = "text" | "int" | "int?" | "float" | "bool" | { vector: number };

export interface TableSchema<Row> {
  columns: Record<Column<Row>, ColumnType>;
  /** The column that tells rows apart; two writers of the same key end with one row. */
  key: Column<Row>;
}

/** The folder (or address) with all tables of an index. */
export interface IndexDatabase {
  /** Opens a table by the column that tells its rows apart. Null when there is no such table. */
  open<Row extends object>(name: string, key: Column<Row>): Promise<IndexTable<Row> | null>;
  /** Makes a table with its first rows in one commit; one that exists is opened as it is. */
  create<Row extends object>(
    name: string,
    schema: TableSchema<Row>,
    rows: readonly Row[],
  ): Promise<IndexTable<Row>>;
  close(): void;
}

/** A value as a literal of the predicates in `where`. */
export function sqlText(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** A list of values as the right side of `IN`; no value matches an empty list. */
export function sqlList(values: readonly string[]): string {
  return values.length === 0 ? "('')" : `(${values.map(sqlText).join(", ")})`;
}
