/**
 * Weighted edges from one set of nodes to another. The neighbours of node i lie between `starts[i]` and
 * `starts[i + 1]`, strongest first.
 */
export interface Adjacency {
  starts: Uint32Array;
  targets: Uint32Array;
  /** Share of a node's mass that goes to this neighbour; sums to 1 for each node that has any. */
  shares: Float32Array;
}

export interface Edge {
  from: number;
  to: number;
  /** Above 0; what counts is its share in the edges of `from`. */
  weight: number;
}

/** Lays out edges by the `nodes` that they come from. */
export function toAdjacency(nodes: number, edges: readonly Edge[]): Adjacency {
  const sums = new Float64Array(nodes);
  const starts = new Uint32Array(nodes + 1);
  for (const { from, weight } of edges) {
    sums[from] = (sums[from] ?? 0) + weight;
    starts[from + 1] = (starts[from + 1] ?? 0) + 1;
  }
  for (let node = 0; node < nodes; node += 1)
    starts[node + 1] = (starts[node + 1] ?? 0) + (starts[node] ?? 0);
  const targets = new Uint32Array(edges.length);
  const shares = new Float32Array(edges.length);
  const next = starts.slice();
  for (const { from, to, weight } of edges.toSorted((a, b) => b.weight - a.weight)) {
    const slot = next[from] ?? 0;
    targets[slot] = to;
    shares[slot] = weight / (sums[from] ?? 1);
    next[from] = slot + 1;
  }
  return { starts, targets, shares };
}

/**
 * One step of a walk: the mass of each node moves on to its neighbours by their shares. Of a node with
 * more than `most` neighbours the strongest are visited, which bounds the work; the rest of its mass is lost.
 */
export function spread(
  { starts, targets, shares }: Adjacency,
  mass: ReadonlyMap<number, number>,
  most: number,
): Map<number, number> {
  const arrived = new Map<number, number>();
  for (const [node, amount] of mass) {
    const start = starts[node] ?? 0;
    const end = Math.min(starts[node + 1] ?? 0, start + most);
    for (let slot = start; slot < end; slot += 1) {
      const target = targets[slot] ?? 0;
      arrived.set(target, (arrived.get(target) ?? 0) + amount * (shares[slot] ?? 0));
    }
  }
  return arrived;
}
