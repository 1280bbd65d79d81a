import type { Adjacency } from "./adjacency";
import type { EntityDictionary } from "./entity-dictionary";

/** The passages of a knowledge base and the names in them. */
export interface EntityGraph {
  passageIds: readonly string[];
  /** Number of a passage in the graph. */
  numberOf: ReadonlyMap<string, number>;
  dictionary: EntityDictionary;
  /** Number of passages of each name. */
  frequencies: Uint32Array;
  /** From each passage to its names: rare ones get more. */
  names: Adjacency;
  /** From each name to its passages: those of a document with that title get most. */
  passages: Adjacency;
  /** From each name to those that a triple relates it to, in either direction. */
  related: Adjacency;
}

/** Weight of what `frequency` of `passages` passages have; the rarer, the more. */
export function rarity(frequency: number, passages: number): number {
  return Math.log(1 + passages / Math.max(1, frequency));
}
