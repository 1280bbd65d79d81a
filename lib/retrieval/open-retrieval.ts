import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate, setTimeout } from "node:timers/promises";
import type { Clock } from "@/lib/domain/clock";
import type { EmbeddingModel, Reranker } from "@/lib/llm/language-model";
import { createGraphRetriever } from "./agents/graph-retriever";
import { createHybridRetriever } from "./agents/hybrid-retriever";
import { createNaiveRetriever } from "./agents/naive-retriever";
import { onOneVersion } from "./agents/on-one-version";
import { createSearchContext, type SearchContext } from "./agents/search-context";
import type { DocumentIndex } from "./document-index";
import type { TripleModel } from "./graph/extract-triples";
import { importTriples } from "./graph/import-triples";
import { openTripleTable } from "./graph/triple-table";
import { checkIndex } from "./index/check-index";
import { indexError } from "./index/index-error";
import type { IndexDatabase } from "./index/index-table";
import { connectLance } from "./index/lance-table";
import { tendTable } from "./index/tend-table";
import { openVectorIndex, type VectorIndex } from "./index/vector-index";
import { buildBundledIndex } from "./ingest/build-bundled-index";
import type { CountTokens } from "./ingest/chunk-document";
import type { KnowledgeBaseAdmin } from "./knowledge-base-admin";
import type { PassageIndex } from "./passage-index";
import type { Retriever } from "./retriever";
import { createTableDocumentIndex } from "./table-document-index";
import { createTableKnowledgeBaseAdmin } from "./table-knowledge-base-admin";
import { createTablePassageIndex } from "./table-passage-index";

/** What happens to the index; for a line in the terminal. */
export type IndexProgress =
  | { stage: "indexing" | "embedding"; completed: number; total: number }
  /** The index was unreadable; it was moved aside and is made anew from the documents. */
  | { stage: "rebuilding"; reason: string }
  /** Vectors could not be made; tried again later, lexical search goes on. */
  | { stage: "embedding-failed"; reason: string }
  /** The model gave no triples for some passages of a document; those are in the index without. */
  | { stage: "triples-missing"; document_id: string; passages: number };

/** An index on object storage, and what reaching it takes, by the names that Lance has for it. */
export interface IndexAddress {
  uri: string;
  storageOptions: Record<string, string>;
}

export interface RetrievalOptions {
  /** The index lives in its folder `index`. */
  dataDir: string;
  /** Where the index lives instead. */
  indexAddress?: IndexAddress | null;
  /** The bundled documents and their `knowledge-bases.json`. */
  docsDir: string;
  countTokens: CountTokens;
  /** Null searches by words and by the entity graph alone. */
  embedding: EmbeddingModel | null;
  /** Orders what the hybrid agent found; left out, that keeps its own order. */
  reranker?: Reranker | null;
  /** Finds triples in documents that are taken in; left out, none is asked for them. */
  tripleModel?: TripleModel | null;
  clock: Clock;
  onProgress(progress: IndexProgress): void;
}

export interface Retrieval {
  index: PassageIndex;
  knowledgeBases: KnowledgeBaseAdmin;
  documents: DocumentIndex;
  retrievers: Retriever[];
  /** Takes triples into the graph of a knowledge base; what it reads and throws is at `importTriples`. */
  importTriples(kbPrefix: string, jsonl: string): Promise<{ documents: number; triples: number }>;
  /** Ends the work in the background and lets go of the index. */
  close(): Promise<void>;
}

const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 300_000;

/**
 * Opens the index, brings it up to the bundled documents and returns what searches it. Throws `unavailable`
 * when that cannot be done; a damaged index is moved aside and made anew. Vectors follow in the
 * background.
 */
export async function openRetrieval(options: RetrievalOptions): Promise<Retrieval> {
  const database = await openSoundDatabase(options);
  const tables = await buildBundledIndex(database, {
    ...options,
    onProgress: (completed, total) => options.onProgress({ stage: "indexing", completed, total }),
  });
  const { passages, knowledgeBases: bases } = tables;
  const vectors = options.embedding ? await openVectorIndex(database, passages, options.embedding) : null;
  const triples = await openTripleTable(database);
  const context = createSearchContext(passages, vectors, triples);
  const index = createTablePassageIndex(context, bases);
  const closing = new AbortController();
  const background = Promise.allSettled([
    warmUp(context, index),
    fillVectors(vectors, options, closing.signal),
    tendTable(passages, { clock: options.clock, signal: closing.signal }),
    vectors && tendTable(vectors.table, { clock: options.clock, signal: closing.signal }),
  ]);
  const endBackground = async () => {
    closing.abort();
    await background;
  };
  const { clock } = options;
  const documents = createTableDocumentIndex({
    database,
    table: passages,
    vectors,
    triples,
    tripleModel: options.tripleModel ?? null,
    onTriplesMissing: (document_id, missing) =>
      options.onProgress({ stage: "triples-missing", document_id, passages: missing }),
    clock,
  });
  return {
    index,
    knowledgeBases: createTableKnowledgeBaseAdmin({ bases, context, index, clock }),
    documents: {
      ...documents,
      erase: async () => {
        await endBackground();
        await documents.erase();
      },
    },
    retrievers: [
      createNaiveRetriever,
      (searched: SearchContext) => createHybridRetriever(searched, options.reranker),
      createGraphRetriever,
    ].map((create) => onOneVersion(context, create)),
    importTriples: (kbPrefix, jsonl) => importTriples({ passages, triples }, kbPrefix, jsonl),
    close: async () => {
      await endBackground();
      database.close();
    },
  };
}

/**
 * Opens the index. One that cannot be read is moved aside when it is a folder, since it can be made again from
 * its sources; one at an address may belong to others too and is left as it is.
 */
async function openSoundDatabase(options: RetrievalOptions): Promise<IndexDatabase> {
  const { dataDir, indexAddress, clock, onProgress } = options;
  if (indexAddress) return openAddress(indexAddress);
  const folder = join(dataDir, "index");
  await mkdir(folder, { recursive: true });
  const database = await connectLance(folder);
  const damage = await checkIndex(database);
  if (damage === null) return database;
  onProgress({ stage: "rebuilding", reason: damage });
  database.close();
  await rename(folder, join(dataDir, `index-damaged-${clock.now()}`));
  await mkdir(folder);
  return connectLance(folder);
}

async function openAddress({ uri, storageOptions }: IndexAddress): Promise<IndexDatabase> {
  const database = await connectLance(uri, storageOptions);
  const damage = await checkIndex(database);
  if (damage === null) return database;
  database.close();
  throw indexError(
    "The search index at INDEX_URI could not be read: check its address, its credentials and that the " +
      "storage is up; if it is damaged, set INDEX_URI to an unused prefix.",
    { cause: new Error(damage) },
  );
}

/** Loads dictionaries and statistics, so that the first question need not wait for them. */
async function warmUp({ graph }: SearchContext, index: PassageIndex): Promise<void> {
  await setImmediate();
  await index.affinities("first question 第一个问题");
  for (const { prefix } of await index.knowledgeBases()) await graph(prefix);
}

async function fillVectors(
  vectors: VectorIndex | null,
  { onProgress }: RetrievalOptions,
  signal: AbortSignal,
) {
  if (!vectors) return;
  for (let pause = FIRST_RETRY_MS; !signal.aborted; pause = Math.min(pause * 2, LONGEST_RETRY_MS)) {
    try {
      await vectors.fill(signal, (completed, total) => onProgress({ stage: "embedding", completed, total }));
      return;
    } catch (error) {
      if (signal.aborted) return;
      onProgress({
        stage: "embedding-failed",
        reason: error instanceof Error ? error.message : String(error),
      });
      await setTimeout(pause, undefined, { signal, ref: false });
    }
  }
}
