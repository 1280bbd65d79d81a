import type { OpenSpan, SpanEvent } from "@/lib/events/span-scope";
import type { Reranker } from "@/lib/llm/language-model";
import { messageOf, runSteps, type Step } from "@/lib/retrieval/agents/run-steps";
import { rounded } from "@/lib/retrieval/agents/text-steps";
import type { PassageHit } from "@/lib/retrieval/index/passage-row";
import { type PassageTable, readContents } from "@/lib/retrieval/index/passage-table";
import type { RetrievalRequest } from "@/lib/retrieval/retriever";

/** So many candidates are judged; what a model of this kind needs grows with each. */
const CANDIDATES = 50;
const TURNS_REMEMBERED = 2;
const SHOWN_SCORES = 10;

/** Hits in the reranker's order. */
export interface RerankedHits {
  hits: PassageHit[];
  /** The score in [0, 1], or null where the hit was not judged. */
  relevanceOf(hit: PassageHit): number | null;
}

/**
 * The hits in the order of a reranker, those that it did not judge after them as they were. Null where it
 * fails or is late, which is logged: the order that the hits have stands.
 */
export async function* rerankHits(
  reranker: Reranker,
  table: PassageTable,
  request: RetrievalRequest,
  hits: readonly PassageHit[],
  parent: OpenSpan,
): AsyncGenerator<SpanEvent, RerankedHits | null> {
  if (hits.length === 0) return null;
  try {
    const step = rerankStep(reranker, table, request, hits.slice(0, CANDIDATES));
    const [scores] = yield* runSteps(parent, request.signal, [step]);
    return inOrderOf(scores, hits);
  } catch (error) {
    if (request.signal.aborted) throw error;
    const message = "Not reranked; the merged order stands";
    yield parent.log({ level: "warn", message, error: messageOf(error) });
    return null;
  }
}

function rerankStep(
  reranker: Reranker,
  table: PassageTable,
  { query, history, signal }: RetrievalRequest,
  hits: readonly PassageHit[],
): Step<Map<string, number>> {
  const question = [...history.slice(-TURNS_REMEMBERED), query].join("\n");
  return {
    name: "rerank",
    kind: "retriever",
    input: { model: reranker.model, query: question, count: hits.length },
    run: async () => {
      const contents = await readContents(
        table,
        hits.map(({ passage_id }) => passage_id),
      );
      const texts = hits.map((hit) => toText(hit, contents.get(hit.passage_id)?.text ?? ""));
      const judged = await reranker.score(question, texts, signal);
      const scores = new Map<string, number>();
      for (const [at, { passage_id }] of hits.entries()) {
        const score = judged[at] ?? null;
        if (score !== null) scores.set(passage_id, score);
      }
      const message = `${scores.size} passages reranked by ${reranker.model}`;
      return { value: scores, output: { count: scores.size, scores: shownScores(scores) }, message };
    },
  };
}

function toText({ title, heading }: PassageHit, text: string): string {
  return [title, heading, text].filter((part) => part !== "").join("\n");
}

function shownScores(scores: ReadonlyMap<string, number>) {
  const best = [...scores].sort((a, b) => b[1] - a[1]).slice(0, SHOWN_SCORES);
  return best.map(([passage_id, score]) => ({ passage_id, score: rounded(score) }));
}

function inOrderOf(scores: ReadonlyMap<string, number>, hits: readonly PassageHit[]): RerankedHits {
  const scoreOf = ({ passage_id }: PassageHit) => scores.get(passage_id);
  const key = (hit: PassageHit) => scoreOf(hit) ?? Number.NEGATIVE_INFINITY;
  const isBefore = (a: number, b: number) => (a === b ? 0 : b - a);
  return {
    hits: [...hits].sort((a, b) => isBefore(key(a), key(b))),
    relevanceOf: (hit) => {
      const score = scoreOf(hit);
      return score === undefined ? null : Math.min(1, Math.max(0, score));
    },
  };
}
