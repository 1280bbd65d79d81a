import { createHash } from "node:crypto";
import type { EmbeddingModel } from "@/lib/llm/language-model";
import { createDerived } from "./derived";
import { type IndexDatabase, type IndexTable, sqlList, sqlText, type TableSchema } from "./index-table";
import type { PassageRow } from "./passage-row";
import type { PassageTable } from "./passage-table";

/** The vector of a passage. Ids of passages follow their text, so a vector never goes stale. */
interface VectorRow {
  passage_id: string;
  kb_prefix: string;
  vector: number[];
}

/** What of a passage goes into its vector. */
type EmbeddedPassage = Pick<PassageRow, (typeof EMBEDDED_COLUMNS)[number]>;
const EMBEDDED_COLUMNS = ["passage_id", "kb_prefix", "title", "heading", "text"] as const;

interface SimilarPassage {
  passage_id: string;
  similarity: number;
}

/** The vectors of all passages by one embedding model. */
export interface VectorIndex {
  readonly embedding: EmbeddingModel;
  /** Whether each passage has its vector; until then search is lexical. */
  ready(): Promise<boolean>;
  /** Passages of a knowledge base by cosine similarity, best first. */
  search(kbPrefix: string, vector: readonly number[], limit: number): Promise<SimilarPassage[]>;
  /** Cosine similarity of given passages. */
  similarities(vector: readonly number[], passageIds: readonly string[]): Promise<Map<string, number>>;
  /** Drops the vectors of a knowledge base. */
  removeBase(kbPrefix: string): Promise<void>;
  /** Makes the vectors that these passages lack, before they can be found; throws what the model throws. */
  add(
    passages: readonly EmbeddedPassage[],
    signal: AbortSignal,
    onProgress: (completed: number, total: number) => void,
  ): Promise<void>;
  /** Drops the vectors of passages that are gone. */
  remove(passageIds: readonly string[]): Promise<void>;
  /** Makes the missing vectors, batch by batch, and drops those whose passage is gone. */
  fill(signal: AbortSignal, onProgress: (completed: number, total: number) => void): Promise<void>;
}

const BATCH = 64;

/** The table of a model's vectors; another model has another table, so that changing it loses nothing. */
function tableName(model: string): string {
  return `vectors_${createHash("sha256").update(model).digest("hex").slice(0, 12)}`;
}

/** Opens the vectors of a model over the passages; there may be none yet. */
export async function openVectorIndex(
  database: IndexDatabase,
  passages: PassageTable,
  embedding: EmbeddingModel,
): Promise<VectorIndex> {
  const table = await database.open<VectorRow>(tableName(embedding.model));
  return new TableVectorIndex(database, passages, embedding, table);
}

class TableVectorIndex implements VectorIndex {
  readonly embedding: EmbeddingModel;
  private readonly database: IndexDatabase;
  private readonly passages: PassageTable;
  private readonly isComplete: () => Promise<boolean>;
  private table: IndexTable<VectorRow> | null;

  constructor(
    database: IndexDatabase,
    passages: PassageTable,
    embedding: EmbeddingModel,
    table: IndexTable<VectorRow> | null,
  ) {
    this.embedding = embedding;
    this.database = database;
    this.passages = passages;
    this.table = table;
    const version = async () => `${await passages.version()}:${(await this.table?.version()) ?? 0}`;
    const build = async () => (await this.missing()).length === 0;
    this.isComplete = createDerived(version, build, { whileStale: "wait" });
  }

  async ready(): Promise<boolean> {
    return this.table !== null && (await this.isComplete());
  }

  async search(kbPrefix: string, vector: readonly number[], limit: number): Promise<SimilarPassage[]> {
    const where = `kb_prefix = ${sqlText(kbPrefix)}`;
    return (await this.table?.searchVector(vector, { columns: ["passage_id"], where, limit })) ?? [];
  }

  async similarities(vector: readonly number[], ids: readonly string[]): Promise<Map<string, number>> {
    const selection = { where: `passage_id IN ${sqlList(ids)}`, limit: Math.max(1, ids.length) };
    const rows = (await this.table?.searchVector(vector, { columns: ["passage_id"], ...selection })) ?? [];
    return new Map(rows.map((row) => [row.passage_id, row.similarity]));
  }

  async fill(signal: AbortSignal, onProgress: (completed: number, total: number) => void): Promise<void> {
    const ids = await this.missing();
    for (let at = 0; at < ids.length; at += BATCH) {
      signal.throwIfAborted();
      const where = `passage_id IN ${sqlList(ids.slice(at, at + BATCH))}`;
      const passages = await this.passages.select({ columns: EMBEDDED_COLUMNS, where });
      await this.store(await this.embedPassages(passages, signal));
      onProgress(Math.min(at + BATCH, ids.length), ids.length);
    }
    await this.removeOrphans();
  }

  async removeBase(kbPrefix: string): Promise<void> {
    await this.table?.replace("passage_id", [], `kb_prefix = ${sqlText(kbPrefix)}`);
  }

  async add(
    passages: readonly EmbeddedPassage[],
    signal: AbortSignal,
    onProgress: (completed: number, total: number) => void,
  ): Promise<void> {
    for (let at = 0; at < passages.length; at += BATCH) {
      signal.throwIfAborted();
      const batch = passages.slice(at, at + BATCH);
      const where = `passage_id IN ${sqlList(batch.map(({ passage_id }) => passage_id))}`;
      const rows = (await this.table?.select({ columns: ["passage_id"], where })) ?? [];
      const stored = new Set(rows.map(({ passage_id }) => passage_id));
      const missing = batch.filter(({ passage_id }) => !stored.has(passage_id));
      if (missing.length > 0) await this.store(await this.embedPassages(missing, signal));
      onProgress(at + batch.length, passages.length);
    }
  }

  async remove(passageIds: readonly string[]): Promise<void> {
    if (passageIds.length === 0) return;
    await this.table?.replace("passage_id", [], `passage_id IN ${sqlList(passageIds)}`);
  }

  private async missing(): Promise<string[]> {
    const stored = new Set(await idsOf(this.table));
    return (await idsOf(this.passages)).filter((id) => !stored.has(id));
  }

  private async embedPassages(rows: readonly EmbeddedPassage[], signal: AbortSignal): Promise<VectorRow[]> {
    const texts = rows.map(({ title, heading, text }) => [title, heading, text].filter(Boolean).join("\n"));
    const { vectors } = await this.embedding.embed(texts, signal);
    return rows.map(({ passage_id, kb_prefix }, at) => ({
      passage_id,
      kb_prefix,
      vector: vectors[at] ?? [],
    }));
  }

  private async store(rows: readonly VectorRow[]): Promise<void> {
    const vector = { vector: rows[0]?.vector.length ?? 0 };
    const columns = { passage_id: "text", kb_prefix: "text", vector } as const;
    const schema: TableSchema<VectorRow> = { key: "passage_id", columns };
    this.table ??= await this.database.create(tableName(this.embedding.model), schema, []);
    await this.table.replace("passage_id", rows, null);
  }

  private async removeOrphans(): Promise<void> {
    const known = new Set(await idsOf(this.passages));
    await this.remove((await idsOf(this.table)).filter((id) => !known.has(id)));
  }
}

async function idsOf(table: IndexTable<{ passage_id: string }> | null): Promise<string[]> {
  const rows = (await table?.select({ columns: ["passage_id"] })) ?? [];
  return rows.map((row) => row.passage_id);
}
