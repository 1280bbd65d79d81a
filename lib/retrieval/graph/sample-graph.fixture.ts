import { segment } from "@/lib/retrieval/text/segment";
import { EntityDictionary } from "./entity-dictionary";
import type { EntityGraph } from "./entity-graph";
import { EntityGraphBuilder } from "./entity-graph-builder";
import { atOnce } from "./slices.fixture";
import { RelationCollector, SharedNames, type Statement } from "./statements";

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
  const shared = new SharedNames();
  for (const triple of triples) shared.add(triple);
  for (const name of shared.names()) dictionary.add(name);
  const collector = new RelationCollector(dictionary);
  for (const triple of triples) collector.add(triple);
  const builder = new EntityGraphBuilder(dictionary, collector.relations);
  for (const [at, { title, text }] of passages.entries()) {
    builder.add({ passage_id: String(at), title, words: segment(`${title}\n${text}`).join(" ") });
  }
  return atOnce(builder.build());
}
