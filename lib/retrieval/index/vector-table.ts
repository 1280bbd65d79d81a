import { type IndexDatabase, type IndexKinds, type IndexTable, sqlList, sqlText } from "./index-table";
import type { TendedTable } from "./tend-table";

/** The vector of a passage. Ids of passages follow their text, so a vector never goes stale. */
export interface VectorRow {
  passage_id: string;
  kb_prefix: string;
  vector: number[];
}

export interface SimilarPassage {
  passage_id: string;
  similarity: number;
}

/** Up to so many vectors, comparing all of them is as fast as an index and misses none. */
export const MOST_UNINDEXED_VECTORS = 5000;
/**
 * The index of vectors is made anew whenever rows are taken in, at about 0.5 ms of processor time a row; a row
 * beside it costs each search about 2 µs.
 */
const TOLERATED_ROWS = 2000;
const TOLERATED_SHARE = 0.1;
const IDS_PER_COMMIT = 1000;

const SMALL: IndexKinds<VectorRow> = { passage_id: "key", kb_prefix: "label" };
const LARGE: IndexKinds<VectorRow> = { ...SMALL, vector: "vector" };

/** The vectors by one embedding model; the table is made with the first of them. */
export class VectorTable implements TendedTable {
  private readonly database: IndexDatabase;
  private readonly name: string;
  private table: IndexTable<VectorRow> | null;
  private ensured: IndexKinds<VectorRow> | null = null;

  private constructor(database: IndexDatabase, name: string, table: IndexTable<VectorRow> | null) {
    this.database = database;
    this.name = name;
    this.table = table;
  }

  static async open(database: IndexDatabase, name: string): Promise<VectorTable> {
    return new VectorTable(database, name, await database.open<VectorRow>(name, "passage_id"));
  }

  async version(): Promise<number> {
    return (await this.table?.version()) ?? 0;
  }

  async count(): Promise<number> {
    return (await this.table?.count()) ?? 0;
  }

  /** Ids of all passages that have a vector. */
  async ids(): Promise<Set<string>> {
    const ids = new Set<string>();
    for await (const batch of this.table?.scan({ columns: ["passage_id"] }) ?? []) {
      for (const { passage_id } of batch) ids.add(passage_id);
    }
    return ids;
  }

  /** Those of the ids that have a vector. */
  async stored(ids: readonly string[]): Promise<Set<string>> {
    const rows = (await this.table?.lookUp(ids, ["passage_id"])) ?? [];
    return new Set(rows.map(({ passage_id }) => passage_id));
  }

  /** Passages of a knowledge base by similarity, best first; an index may miss a few. */
  async search(kbPrefix: string, vector: readonly number[], limit: number): Promise<SimilarPassage[]> {
    const where = `kb_prefix = ${sqlText(kbPrefix)}`;
    return (await this.table?.searchVector(vector, { columns: ["passage_id"], where, limit })) ?? [];
  }

  /** Similarity of each of the given passages. */
  async compare(vector: readonly number[], ids: readonly string[]): Promise<SimilarPassage[]> {
    const where = `passage_id IN ${sqlList(ids)}`;
    const selection = { columns: ["passage_id"] as const, where, limit: Math.max(1, ids.length) };
    return (await this.table?.searchVector(vector, selection, { exact: true })) ?? [];
  }

  async put(rows: readonly VectorRow[]): Promise<void> {
    const vector = { vector: rows[0]?.vector.length ?? 0 };
    const columns = { passage_id: "text", kb_prefix: "text", vector } as const;
    this.table ??= await this.database.create(this.name, { key: "passage_id", columns }, []);
    await this.table.replace("passage_id", rows, null);
  }

  async remove(ids: readonly string[]): Promise<void> {
    for (let at = 0; at < ids.length; at += IDS_PER_COMMIT) {
      const where = `passage_id IN ${sqlList(ids.slice(at, at + IDS_PER_COMMIT))}`;
      await this.table?.replace("passage_id", [], where);
    }
  }

  async removeBase(kbPrefix: string): Promise<void> {
    await this.table?.replace("passage_id", [], `kb_prefix = ${sqlText(kbPrefix)}`);
  }

  /** Rows that are worth taking into the indexes; 0 where they are too few for that. */
  async unindexedRows(): Promise<number> {
    const rows = await this.count();
    return this.ensured === kindsFor(rows) ? this.waitingRows(rows) : rows;
  }

  /** Makes the indexes that are due, and takes rows into them where that is worth it. */
  async optimize(removeBefore: Date): Promise<void> {
    const rows = await this.count();
    if (rows === 0) return;
    const kinds = kindsFor(rows);
    await this.table?.ensureIndexes(kinds);
    this.ensured = kinds;
    if ((await this.waitingRows(rows)) > 0) await this.table?.optimize(removeBefore);
  }

  async rewrite(): Promise<void> {
    await this.table?.rewrite();
  }

  async pastVersions(): Promise<number> {
    return (await this.table?.pastVersions()) ?? 0;
  }

  private async waitingRows(rows: number): Promise<number> {
    const waiting = (await this.table?.unindexedRows()) ?? 0;
    const tolerated = kindsFor(rows) === LARGE ? Math.max(TOLERATED_ROWS, rows * TOLERATED_SHARE) : 0;
    return waiting > tolerated ? waiting : 0;
  }
}

function kindsFor(rows: number): IndexKinds<VectorRow> {
  return rows > MOST_UNINDEXED_VECTORS ? LARGE : SMALL;
}
