import type { EntityGraph } from "@/lib/retrieval/graph/entity-graph";
import { type LinkedName, linkNames } from "@/lib/retrieval/graph/link-names";
import { type NameWalk, strongest, walkNames } from "@/lib/retrieval/graph/walk-names";
import type { PassageHit } from "@/lib/retrieval/index/passage-row";
import { fetchHits } from "@/lib/retrieval/index/passage-table";
import type { RetrievalRequest, Retriever } from "@/lib/retrieval/retriever";
import { evidenceScore } from "./name-evidence";
import { lexicalOutcome } from "./retrieval-outcome";
import { runSteps, type Step } from "./run-steps";
import type { SearchContext } from "./search-context";
import { type TextEvidence, textEvidence } from "./text-evidence";
import { candidateLimit, gramStep, rounded, shownHits, wordStep } from "./text-steps";

/** The best passages by text are a start of the walk too, with this share of the names' weight. */
const PASSAGE_SEEDS = 10;
const PASSAGE_SHARE = 0.1;
const SHOWN_NAMES = 20;

interface LinkedQuestion {
  graph: EntityGraph;
  names: LinkedName[];
}

const UNBUILT = "The names of this knowledge base are still being collected; searching by text alone";

/**
 * Follows names: from those of the question a walk goes over the graph of passages and names, and also
 * finds passages that share no word with the question. Merged with a search by words and character grams,
 * the more in favour of the walk the more specific the names are.
 */
export function createGraphRetriever(context: SearchContext): Retriever {
  return {
    agentType: "graph_agent",
    async *retrieve(request, parent) {
      const { topK, signal } = request;
      const limit = candidateLimit(topK);
      const [byWords, byGrams, linked] = yield* runSteps(parent, signal, [
        wordStep(context, request, limit),
        await gramStep(context, request, limit),
        linkingStep(context, request),
      ]);
      const text = textEvidence(byWords, byGrams);
      if (linked === "unbuilt") yield parent.log({ level: "warn", message: UNBUILT });
      if (linked === "unbuilt" || linked.names.length === 0) {
        const hits = [...text.values()].sort((a, b) => b.share - a.share).map(({ hit }) => hit);
        return lexicalOutcome(context, request, hits, ["bm25_search", "entity_linking"]);
      }
      const [hits] = yield* runSteps(parent, signal, [rankStep(context, request, linked, text, limit)]);
      return lexicalOutcome(context, request, hits, ["bm25_search", "entity_linking", "graph_rank"]);
    },
  };
}

function linkingStep(
  context: SearchContext,
  { query, history, kbPrefix }: RetrievalRequest,
): Step<LinkedQuestion | "unbuilt"> {
  return {
    name: "entity_linking",
    kind: "retriever",
    input: { query, history: [...history], kb_prefix: kbPrefix },
    run: async () => {
      const [graph, collection] = await Promise.all([context.graph(kbPrefix), context.collection(kbPrefix)]);
      if (graph === "unbuilt")
        return { value: graph, output: { entities: [] }, message: "No names are known yet" };
      const names = linkNames(graph, collection, query, history);
      const known = graph.dictionary.entities.length;
      const message = `${names.length} of ${known} known entities are in the question`;
      return {
        value: { graph, names },
        output: { entities: names.slice(0, SHOWN_NAMES).map(toShown) },
        message,
      };
    },
  };
}

function toShown({ name, passages, specificity, weight }: LinkedName) {
  return { name, passages, specificity: rounded(specificity), weight: rounded(weight) };
}

function rankStep(
  { table }: SearchContext,
  { kbPrefix }: RetrievalRequest,
  { graph, names }: LinkedQuestion,
  text: ReadonlyMap<string, TextEvidence>,
  limit: number,
): Step<PassageHit[]> {
  const specificity = Math.max(...names.map((name) => name.specificity));
  const seeds = { names: nameSeeds(names), passages: passageSeeds(graph, text) };
  return {
    name: "graph_rank",
    kind: "retriever",
    input: {
      entities: seeds.names.size,
      passages: seeds.passages.size,
      specificity: rounded(specificity),
      kb_prefix: kbPrefix,
    },
    run: async () => {
      const walk = walkNames(graph, seeds.names, seeds.passages);
      const visited = visitedPassages(graph, walk, limit);
      const found = await fetchHits(
        table,
        kbPrefix,
        [...visited.keys()].filter((id) => !text.has(id)),
      );
      const hits = [...[...text.values()].map(({ hit }) => hit), ...found].map((hit): PassageHit => {
        const evidence = {
          text: text.get(hit.passage_id)?.share ?? 0,
          names: visited.get(hit.passage_id) ?? 0,
        };
        return { ...hit, score: evidenceScore(evidence, specificity) };
      });
      hits.sort((a, b) => b.score - a.score || a.passage_id.localeCompare(b.passage_id));
      const via = [...walk.via.keys()]
        .slice(0, SHOWN_NAMES)
        .map((entity) => graph.dictionary.entities[entity]?.name ?? "");
      const message = `Walk over ${walk.via.size} names to ${walk.passages.size} passages`;
      return { value: hits, output: { count: hits.length, via, hits: shownHits(hits) }, message };
    },
  };
}

/** Weights of the question's names; they sum to 1. */
function nameSeeds(names: readonly LinkedName[]): Map<number, number> {
  const total = names.reduce((sum, { weight }) => sum + weight, 0);
  return new Map(names.map(({ entity, weight }) => [entity, weight / total]));
}

/** Weights of the best passages by text; they sum to `PASSAGE_SHARE`. */
function passageSeeds(graph: EntityGraph, text: ReadonlyMap<string, TextEvidence>): Map<number, number> {
  const best = [...text.values()].sort((a, b) => b.share - a.share).slice(0, PASSAGE_SEEDS);
  const total = best.reduce((sum, { share }) => sum + share, 0);
  return new Map(
    best.flatMap(({ hit, share }) => {
      const number = graph.numberOf.get(hit.passage_id);
      return number === undefined ? [] : [[number, (PASSAGE_SHARE * share) / total]];
    }),
  );
}

/** The passages that the walk visits most, with how often against the first of them. */
function visitedPassages(graph: EntityGraph, { passages }: NameWalk, limit: number): Map<string, number> {
  const best = strongest(passages, limit);
  const most = Math.max(...best.values());
  return new Map([...best].map(([number, visits]) => [graph.passageIds[number] ?? "", visits / most]));
}
