import { segment } from "@/lib/retrieval/text/segment";
import { EntityDictionary } from "./entity-dictionary";
import { type EntityGraph, EntityGraphBuilder, type Statement, sharedNames } from "./entity-graph";

export interface SamplePassage {
  title: string;
  text: string;
  /** Names in it. */
  names: readonly string[];
}

/** The graph of a few passages; each has its place in the list as its id. */
export function sampleGraph(
  passages: readonly SamplePassage[],
  triples: readonly Statement[] = [],
): EntityGraph {
  const dictionary = new EntityDictionary();
  for (const { title, names } of passages) for (const name of [title, ...names]) dictionary.add(name);
  for (const name of sharedNames(triples)) dictionary.add(name);
  const builder = new EntityGraphBuilder(dictionary, triples);
  for (const [at, { title, text }] of passages.entries()) {
    builder.add({ passage_id: String(at), title, words: segment(`${title}\n${text}`).join(" ") });
  }
  return builder.build();
}
