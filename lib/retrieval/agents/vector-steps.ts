import type { OpenSpan, SpanEvent } from "@/lib/events/span-scope";
import type { PassageHit } from "@/lib/retrieval/index/passage-row";
import { fetchHits } from "@/lib/retrieval/index/passage-table";
import type { VectorIndex } from "@/lib/retrieval/index/vector-index";
import type { RetrievalRequest } from "@/lib/retrieval/retriever";
import { messageOf, runSteps, type Step } from "./run-steps";
import type { SearchContext } from "./search-context";
import { shownHits } from "./text-steps";

/** What the turns before count in the query's vector. */
const HISTORY_WEIGHT = 0.3;
const TURNS_REMEMBERED = 2;

/** A question as a vector, and the index to look it up in. */
export interface QueryVector {
  index: VectorIndex;
  vector: number[];
}

/**
 * The question's vector, or null where search has to go by words: no embedding model, passages without
 * vectors still, or a model that fails (which is logged, and shown by its span).
 */
export async function* embedQuestion(
  { vectors }: SearchContext,
  { query, history, signal }: RetrievalRequest,
  parent: OpenSpan,
): AsyncGenerator<SpanEvent, QueryVector | null> {
  if (!vectors) return null;
  if (!(await vectors.ready())) {
    yield parent.log({ level: "warn", message: "Vectors are still being made; searching by words" });
    return null;
  }
  try {
    const [vector] = yield* runSteps(parent, signal, [embeddingStep(vectors, query, history, signal)]);
    return { index: vectors, vector };
  } catch (error) {
    if (signal.aborted) throw error;
    yield parent.log({
      level: "warn",
      message: "No query vector; searching by words",
      error: messageOf(error),
    });
    return null;
  }
}

function embeddingStep(
  { embedding }: VectorIndex,
  query: string,
  history: readonly string[],
  signal: AbortSignal,
): Step<number[]> {
  const earlier = history.slice(-TURNS_REMEMBERED).join("\n");
  const texts = earlier === "" ? [query] : [query, earlier];
  return {
    name: "query_embedding",
    kind: "embedding",
    input: { model: embedding.model, texts },
    run: async () => {
      const { vectors, promptTokens } = await embedding.embed(texts, signal);
      const [own = [], before] = vectors.map(normalised);
      const vector = before ? own.map((value, at) => value + HISTORY_WEIGHT * (before[at] ?? 0)) : own;
      const output = { dimensions: vector.length, prompt_tokens: promptTokens };
      const message = `Question embedded by ${embedding.model}`;
      return { value: vector, output, attributes: { model: embedding.model, ...output }, message };
    },
  };
}

function normalised(vector: readonly number[]): number[] {
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

/** Passages by cosine similarity; `score` of a hit is the similarity. */
export function vectorStep(
  { table }: SearchContext,
  { kbPrefix }: RetrievalRequest,
  { index, vector }: QueryVector,
  limit: number,
): Step<PassageHit[]> {
  return {
    name: "vector_search",
    kind: "retriever",
    input: { model: index.embedding.model, kb_prefix: kbPrefix, limit },
    run: async () => {
      const similar = await index.search(kbPrefix, vector, limit);
      const scores = new Map(similar.map(({ passage_id, similarity }) => [passage_id, similarity]));
      const rows = await fetchHits(table, kbPrefix, [...scores.keys()]);
      const hits = rows.map((row) => ({ ...row, score: scores.get(row.passage_id) ?? 0 }));
      const message = `Vector search: ${hits.length} passages`;
      return { value: hits, output: { count: hits.length, hits: shownHits(hits) }, message };
    },
  };
}

/** Cosine similarity as relevance: in [0, 1], opposite directions count as 0. */
export async function similarityOf(
  { index, vector }: QueryVector,
  hits: readonly PassageHit[],
): Promise<(hit: PassageHit) => number | null> {
  const similarities = await index.similarities(
    vector,
    hits.map((hit) => hit.passage_id),
  );
  return ({ passage_id }) => {
    const similarity = similarities.get(passage_id);
    return similarity === undefined ? null : Math.min(1, Math.max(0, similarity));
  };
}
