import type { Collection } from "@/lib/retrieval/index/lexicon";
import { historyWeights } from "@/lib/retrieval/text/query-terms";
import { segment } from "@/lib/retrieval/text/segment";
import { type EntityGraph, rarity } from "./entity-graph";

/** A known name in a question. */
export interface LinkedName {
  /** Its number in the graph. */
  entity: number;
  name: string;
  /** Passages that have it. */
  passages: number;
  /** In [0, 1]: 1 where one of its words is in no other passage; what is made of common words names little. */
  specificity: number;
  /** Its part in the walk: squared specificity, less where only earlier turns have the name. */
  weight: number;
}

/** Names of a question and, with less weight, of the turns before it; the strongest first. */
export function linkNames(
  graph: EntityGraph,
  collection: Pick<Collection, "passages" | "documentFrequency">,
  query: string,
  history: readonly string[],
): LinkedName[] {
  const turns = new Map<number, number>();
  for (const { text, weight } of historyWeights(query, history)) {
    for (const entity of graph.dictionary.link(segment(text)).keys()) {
      if (!turns.has(entity)) turns.set(entity, weight);
    }
  }
  const linked = [...turns].flatMap(([entity, turn]): LinkedName[] => {
    const known = graph.dictionary.entities[entity];
    const passages = graph.frequencies[entity] ?? 0;
    if (!known || passages === 0) return [];
    const specificity = specificityOf(known.terms, collection);
    return [{ entity, name: known.name, passages, specificity, weight: turn * specificity ** 2 }];
  });
  return linked.sort((a, b) => b.weight - a.weight);
}

/** How rare the rarest word is, against a word of one passage; numbers do not make a name rare. */
function specificityOf(
  terms: readonly string[],
  { passages, documentFrequency }: Pick<Collection, "passages" | "documentFrequency">,
): number {
  const words = terms.filter((term) => !/^\p{N}+$/u.test(term));
  const rarest = Math.max(...words.map((term) => rarity(documentFrequency(term), passages)));
  return Math.min(1, rarest / rarity(1, passages));
}
