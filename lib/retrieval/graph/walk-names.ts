import { spread } from "./adjacency";
import type { EntityGraph } from "./entity-graph";

/** What the passages at the second step count against those at the first. */
const SECOND_STEP = 2;
/** Bounds of the work: passages and names that the walk goes on from, and neighbours of each of them. */
const MOST_PASSAGES = 100;
const MOST_NAMES = 300;
const MOST_NEIGHBOURS = 200;

export interface NameWalk {
  /** How strongly the walk visits each passage. */
  passages: Map<number, number>;
  /** The names between the first passages and the second ones, strongest first. */
  via: Map<number, number>;
}

/**
 * A personalised PageRank (Haveliwala 2002) cut off after two steps. From the names of a question the walk
 * goes to the passages that have them, and from these and from `passages`, which other searches found,
 * over the names in them, and those that triples relate to these, to further passages: that is where the second half of a question such as "who led
 * the company that built X?" is answered. Both arguments map numbers of the graph to weights.
 */
export function walkNames(
  graph: EntityGraph,
  names: ReadonlyMap<number, number>,
  passages: ReadonlyMap<number, number>,
): NameWalk {
  const named = spread(graph.passages, names, MOST_NEIGHBOURS);
  const start = strongest(sum(named, passages, 1), MOST_PASSAGES);
  const met = strongest(spread(graph.names, start, MOST_NEIGHBOURS), MOST_NAMES);
  const via = strongest(sum(met, spread(graph.related, met, MOST_NEIGHBOURS), 1), MOST_NAMES);
  const linked = spread(graph.passages, via, MOST_NEIGHBOURS);
  return { passages: sum(named, linked, SECOND_STEP), via };
}

/** The entries with the greatest values, greatest first. */
export function strongest<K>(values: ReadonlyMap<K, number>, most: number): Map<K, number> {
  return new Map([...values].sort((a, b) => b[1] - a[1]).slice(0, most));
}

function sum(
  one: ReadonlyMap<number, number>,
  other: ReadonlyMap<number, number>,
  factor: number,
): Map<number, number> {
  const total = new Map(one);
  for (const [key, value] of other) total.set(key, (total.get(key) ?? 0) + factor * value);
  return total;
}
