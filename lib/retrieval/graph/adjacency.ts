import { forEachBelow, type Sliced } from "./slices";

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

/** Edges by their number; equal ones may be there more than once. */
export interface Edges {
  readonly length: number;
  from(edge: number): number;
  to(edge: number): number;
  /** Above 0; what counts is its share in the edges of the same node. */
  weight(edge: number): number;
}

/**
 * Lays out edges by the `nodes` that they come from; equal ones stay in their order. Sorts by counting, first
 * by weight, of which there are few different ones, then by node: nothing is compared, and it pauses anywhere.
 */
export function* toAdjacency(nodes: number, edges: Edges): Sliced<Adjacency> {
  const sums = new Float64Array(nodes);
  const starts = new Uint32Array(nodes + 1);
  yield* forEachBelow(edges.length, (edge) => {
    const from = edges.from(edge);
    sums[from] = (sums[from] ?? 0) + edges.weight(edge);
    starts[from + 1] = (starts[from + 1] ?? 0) + 1;
  });
  yield* addUp(starts);
  const strongestFirst = yield* sortByWeight(edges);
  const targets = new Uint32Array(edges.length);
  const shares = new Float32Array(edges.length);
  const next = starts.slice();
  yield* forEachBelow(edges.length, (at) => {
    const edge = strongestFirst[at] ?? 0;
    const from = edges.from(edge);
    const slot = next[from] ?? 0;
    targets[slot] = edges.to(edge);
    shares[slot] = edges.weight(edge) / (sums[from] ?? 1);
    next[from] = slot + 1;
  });
  return { starts, targets, shares };
}

/** Numbers of the edges, the strongest first. */
function* sortByWeight(edges: Edges): Sliced<Uint32Array> {
  const counts = new Map<number, number>();
  yield* forEachBelow(edges.length, (edge) => {
    const own = edges.weight(edge);
    counts.set(own, (counts.get(own) ?? 0) + 1);
  });
  const next = new Map<number, number>();
  let before = 0;
  for (const [own, count] of [...counts].sort((a, b) => b[0] - a[0])) {
    next.set(own, before);
    before += count;
  }
  const sorted = new Uint32Array(edges.length);
  yield* forEachBelow(edges.length, (edge) => {
    const own = edges.weight(edge);
    const slot = next.get(own) ?? 0;
    sorted[slot] = edge;
    next.set(own, slot + 1);
  });
  return sorted;
}

/** Makes each number the sum of itself and all before it. */
function* addUp(numbers: Uint32Array): Sliced<void> {
  let sum = 0;
  yield* forEachBelow(numbers.length, (at) => {
    sum += numbers[at] ?? 0;
    numbers[at] = sum;
  });
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
