import { createHash } from "node:crypto";
import type { EmbeddingModel } from "@/lib/llm/language-model";
import { createDerived } from "./derived";
import { type IndexDatabase, type IndexTable, sqlList } from "./index-table";
import type { PassageRow } from "./passage-row";
import type { PassageTable } from "./passage-table";
import type { TendedTable } from "./tend-table";
import { type SimilarPassage, type VectorRow, VectorTable } from "./vector-table";

/** What of a passage goes into its vector. */
type EmbeddedPassage = Pick<PassageRow, (typeof EMBEDDED_COLUMNS)[number]>;
const EMBEDDED_COLUMNS = ["passage_id", "kb_prefix", "title", "heading", "text"] as const;

/** The vectors of all passages by one embedding model. */
export interface VectorIndex {
  readonly embedding: EmbeddingModel;
  /** For the caretaker, and for erasing. */
  readonly table: TendedTable & Pick<IndexTable<VectorRow>, "rewrite" | "pastVersions">;
  /**
   * Whether each passage has its vector; until then search is lexical. That there are fewer vectors than
   * passages is known at once; whether some passage lacks its own is looked up in the background after a commit.
   */
  ready(): Promise<boolean>;
  /** Passages of a knowledge base by cosine similarity, best first; of a large index a few may be missed. */
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

/** Texts that a model gets at a time. */
const BATCH = 64;
/** Vectors that are stored at a time: many small commits make a table slow. */
const PER_COMMIT = 512;

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
  return new TableVectorIndex(
    passages,
    embedding,
    await VectorTable.open(database, tableName(embedding.model)),
  );
}

type OnProgress = (completed: number, total: number) => void;

class TableVectorIndex implements VectorIndex {
  readonly embedding: EmbeddingModel;
  readonly table: VectorTable;
  private readonly passages: PassageTable;
  private readonly hasEnough: () => Promise<boolean>;
  private readonly hasEach: () => Promise<boolean>;
  /** While vectors are being filled up: passages that are about to be put, after their vectors. */
  private expected: Set<string> | null = null;

  constructor(passages: PassageTable, embedding: EmbeddingModel, table: VectorTable) {
    this.embedding = embedding;
    this.table = table;
    this.passages = passages;
    const version = async () => `${await passages.version()}:${await table.version()}`;
    const enough = async () => (await table.count()) >= (await passages.count());
    const each = async () => (await this.difference()).missing.length === 0;
    this.hasEnough = createDerived(version, enough, { whileStale: "wait" });
    this.hasEach = createDerived(version, each, { whileStale: "serve", estimate: async () => true });
  }

  async ready(): Promise<boolean> {
    return (await this.table.version()) > 0 && (await this.hasEnough()) && (await this.hasEach());
  }

  search(kbPrefix: string, vector: readonly number[], limit: number): Promise<SimilarPassage[]> {
    return this.table.search(kbPrefix, vector, limit);
  }

  async similarities(vector: readonly number[], ids: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.table.compare(vector, ids);
    return new Map(rows.map((row) => [row.passage_id, row.similarity]));
  }

  async fill(signal: AbortSignal, onProgress: OnProgress): Promise<void> {
    const expected = new Set<string>();
    this.expected = expected;
    try {
      const { missing, orphans } = await this.difference();
      for (let at = 0; at < missing.length; at += PER_COMMIT) {
        const where = `passage_id IN ${sqlList(missing.slice(at, at + PER_COMMIT))}`;
        const passages = await this.passages.select({ columns: EMBEDDED_COLUMNS, where });
        await this.make(passages, signal, (done) => onProgress(at + done, missing.length));
      }
      await this.removeOrphans(orphans, expected);
    } finally {
      this.expected = null;
    }
  }

  removeBase(kbPrefix: string): Promise<void> {
    return this.table.removeBase(kbPrefix);
  }

  async add(
    passages: readonly EmbeddedPassage[],
    signal: AbortSignal,
    onProgress: OnProgress,
  ): Promise<void> {
    for (let at = 0; at < passages.length; at += PER_COMMIT) {
      const some = passages.slice(at, at + PER_COMMIT);
      for (const { passage_id } of some) this.expected?.add(passage_id);
      const stored = await this.table.stored(some.map(({ passage_id }) => passage_id));
      const missing = some.filter(({ passage_id }) => !stored.has(passage_id));
      const before = at + some.length - missing.length;
      await this.make(missing, signal, (done) => onProgress(before + done, passages.length));
    }
  }

  remove(passageIds: readonly string[]): Promise<void> {
    return this.table.remove(passageIds);
  }

  /** Passages without a vector, and vectors without a passage. Reads all ids, in slices. */
  private async difference(): Promise<{ missing: string[]; orphans: string[] }> {
    const stored = await this.table.ids();
    const missing: string[] = [];
    for await (const batch of this.passages.scan({ columns: ["passage_id"] })) {
      for (const { passage_id } of batch) if (!stored.delete(passage_id)) missing.push(passage_id);
    }
    return { missing, orphans: [...stored] };
  }

  /** Makes and stores vectors; when the model fails, those that it has made already are kept. */
  private async make(
    passages: readonly EmbeddedPassage[],
    signal: AbortSignal,
    onProgress: (completed: number) => void,
  ): Promise<void> {
    const rows: VectorRow[] = [];
    try {
      while (rows.length < passages.length) {
        signal.throwIfAborted();
        rows.push(...(await this.embedPassages(passages.slice(rows.length, rows.length + BATCH), signal)));
        if (rows.length < passages.length) onProgress(rows.length);
      }
    } finally {
      if (rows.length > 0) await this.table.put(rows);
    }
    onProgress(rows.length);
  }

  private async embedPassages(
    passages: readonly EmbeddedPassage[],
    signal: AbortSignal,
  ): Promise<VectorRow[]> {
    const texts = passages.map(({ title, heading, text }) =>
      [title, heading, text].filter(Boolean).join("\n"),
    );
    const { vectors } = await this.embedding.embed(texts, signal);
    return passages.map(({ passage_id, kb_prefix }, at) => ({
      passage_id,
      kb_prefix,
      vector: vectors[at] ?? [],
    }));
  }

  /** Vectors of documents that were put since, or that are about to be, stay. */
  private async removeOrphans(orphans: readonly string[], expected: ReadonlySet<string>): Promise<void> {
    for (let at = 0; at < orphans.length; at += PER_COMMIT) {
      const some = orphans.slice(at, at + PER_COMMIT);
      const where = `passage_id IN ${sqlList(some)}`;
      const rows = await this.passages.select({ columns: ["passage_id"], where });
      const known = new Set(rows.map(({ passage_id }) => passage_id));
      await this.table.remove(some.filter((id) => !known.has(id) && !expected.has(id)));
    }
  }
}
