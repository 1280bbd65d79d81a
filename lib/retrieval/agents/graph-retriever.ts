import { type EntityGraph, rarity } from "@/lib/retrieval/graph/entity-graph";
import { personalisedPageRank } from "@/lib/retrieval/graph/page-rank";
import type { PassageHit } from "@/lib/retrieval/index/passage-row";
import { fetchPassages } from "@/lib/retrieval/index/passage-table";
import type { RetrievalRequest, Retriever } from "@/lib/retrieval/retriever";
import { historyWeights } from "@/lib/retrieval/text/query-terms";
import { segment } from "@/lib/retrieval/text/segment";
import { fuseRankings } from "./reciprocal-rank-fusion";
import { lexicalOutcome } from "./retrieval-outcome";
import { runSteps, type Step } from "./run-steps";
import type { SearchContext } from "./search-context";
import { candidateLimit, rounded, shownHits, wordStep } from "./text-steps";

/** The walk goes back to the question's entities with a chance of 0.3 a step; ten steps settle it. */
const WALK = { damping: 0.7, iterations: 10 };
/** The best BM25 passages are seeds too, together with this share of the entities' weight. */
const PASSAGE_SEEDS = 5;
const PASSAGE_SHARE = 0.1;
const SHOWN_ENTITIES = 20;

interface LinkedEntity {
  entity: number;
  name: string;
  weight: number;
  passages: number;
}

interface LinkedQuestion {
  graph: EntityGraph;
  entities: LinkedEntity[];
}

/**
 * Follows names: entities of the question seed a personalised PageRank over the graph of passages and
 * entities, which also finds passages that share no word with the question; merged with BM25 by rank.
 */
export function createGraphRetriever(context: SearchContext): Retriever {
  return {
    agentType: "graph_agent",
    async *retrieve(request, parent) {
      const { topK, signal } = request;
      const limit = candidateLimit(topK);
      const steps = [wordStep(context, request, limit), linkingStep(context, request)] as const;
      const [byWords, linked] = yield* runSteps(parent, signal, steps);
      if (linked.entities.length === 0) {
        return lexicalOutcome(context, request, byWords, ["bm25_search", "entity_linking"]);
      }
      const [byGraph] = yield* runSteps(parent, signal, [rankStep(context, request, linked, byWords, limit)]);
      const hits = fuseRankings([byWords, byGraph]).map(({ hit }) => hit);
      return lexicalOutcome(context, request, hits, ["bm25_search", "entity_linking", "graph_rank"]);
    },
  };
}

function linkingStep(
  context: SearchContext,
  { query, history, kbPrefix }: RetrievalRequest,
): Step<LinkedQuestion> {
  return {
    name: "entity_linking",
    kind: "retriever",
    input: { query, history: [...history], kb_prefix: kbPrefix },
    run: async () => {
      const graph = await context.graph(kbPrefix);
      const entities = linkQuestion(graph, query, history);
      const shown = entities.slice(0, SHOWN_ENTITIES);
      const output = shown.map(({ name, passages, weight }) => ({ name, passages, weight: rounded(weight) }));
      const known = graph.dictionary.entities.length;
      const message = `${entities.length} of ${known} known entities are in the question`;
      return { value: { graph, entities }, output: { entities: output }, message };
    },
  };
}

/** Entities of the question and, with less weight, of the turns before it; the rarest first. */
function linkQuestion(graph: EntityGraph, query: string, history: readonly string[]): LinkedEntity[] {
  const weights = new Map<number, number>();
  for (const { text, weight } of historyWeights(query, history)) {
    for (const entity of graph.dictionary.link(segment(text)).keys()) {
      if (!weights.has(entity)) weights.set(entity, weight);
    }
  }
  const linked = [...weights].map(([entity, weight]) => {
    const passages = graph.frequencies[entity] ?? 0;
    const name = graph.dictionary.entities[entity]?.name ?? "";
    return { entity, name, passages, weight: weight * rarity(passages, graph.passageIds.length) };
  });
  return linked.filter(({ passages }) => passages > 0).sort((a, b) => b.weight - a.weight);
}

function rankStep(
  { table }: SearchContext,
  { kbPrefix }: RetrievalRequest,
  { graph, entities }: LinkedQuestion,
  byWords: readonly PassageHit[],
  limit: number,
): Step<PassageHit[]> {
  const seeds = toSeeds(graph, entities, byWords.slice(0, PASSAGE_SEEDS));
  return {
    name: "graph_rank",
    kind: "retriever",
    input: {
      entities: entities.length,
      passages: seeds.size - entities.length,
      ...WALK,
      kb_prefix: kbPrefix,
    },
    run: async () => {
      const ranks = personalisedPageRank(graph.adjacency, seeds, WALK);
      const best = bestPassages(graph, ranks, limit);
      const rows = await fetchPassages(table, kbPrefix, [...best.keys()]);
      const hits = rows.map((row) => ({ ...row, score: best.get(row.passage_id) ?? 0 }));
      const message = `PageRank over ${ranks.length} nodes: ${hits.length} passages`;
      return { value: hits, output: { count: hits.length, hits: shownHits(hits) }, message };
    },
  };
}

function toSeeds(graph: EntityGraph, entities: readonly LinkedEntity[], hits: readonly PassageHit[]) {
  const offset = graph.passageIds.length;
  const seeds = new Map(entities.map(({ entity, weight }) => [offset + entity, weight]));
  const entityWeight = entities.reduce((sum, { weight }) => sum + weight, 0);
  const hitScore = hits.reduce((sum, { score }) => sum + score, 0);
  for (const { passage_id, score } of hits) {
    const node = graph.nodeOf.get(passage_id);
    if (node !== undefined) seeds.set(node, (PASSAGE_SHARE * entityWeight * score) / hitScore);
  }
  return seeds;
}

/** Passages that the walk visits, with how often, most visited first. */
function bestPassages(graph: EntityGraph, ranks: Float64Array, limit: number): Map<string, number> {
  const visited = graph.passageIds.map((id, node): [string, number] => [id, ranks[node] ?? 0]);
  const reached = visited.filter(([, rank]) => rank > 0).sort((a, b) => b[1] - a[1]);
  return new Map(reached.slice(0, limit));
}
