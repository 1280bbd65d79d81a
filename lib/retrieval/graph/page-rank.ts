import type { Adjacency } from "./entity-graph";

export interface PageRankOptions {
  /** Chance of going on to a neighbour instead of back to the seeds. */
  damping: number;
  iterations: number;
}

/**
 * Personalised PageRank (Haveliwala 2002) by power iteration: where a walker is found who sets out from
 * the seeds, goes on to neighbours by their shares and returns to the seeds now and then. `seeds` maps
 * nodes to weights; the result has one number for each node and sums to at most 1.
 */
export function personalisedPageRank(
  { starts, targets, shares }: Adjacency,
  seeds: ReadonlyMap<number, number>,
  { damping, iterations }: PageRankOptions,
): Float64Array {
  const nodes = starts.length - 1;
  const total = [...seeds.values()].reduce((sum, weight) => sum + weight, 0);
  const restart = new Float64Array(nodes);
  for (const [node, weight] of seeds) restart[node] = weight / total;
  let rank = restart;
  for (let round = 0; round < iterations; round += 1) {
    const next = restart.map((weight) => weight * (1 - damping));
    for (let node = 0; node < nodes; node += 1) {
      const mass = (rank[node] ?? 0) * damping;
      if (mass === 0) continue;
      for (let slot = starts[node] ?? 0; slot < (starts[node + 1] ?? 0); slot += 1) {
        const target = targets[slot] ?? 0;
        next[target] = (next[target] ?? 0) + mass * (shares[slot] ?? 0);
      }
    }
    rank = next;
  }
  return rank;
}
