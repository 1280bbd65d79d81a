import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Adjacency } from "./entity-graph";
import { personalisedPageRank } from "./page-rank";

/** Undirected edges with equal shares. */
function toAdjacency(nodes: number, edges: readonly (readonly [number, number])[]): Adjacency {
  const neighbours = Array.from({ length: nodes }, (_, node) =>
    edges.flatMap(([a, b]) => (a === node ? [b] : b === node ? [a] : [])),
  );
  const starts = new Uint32Array(nodes + 1);
  for (const [node, list] of neighbours.entries()) starts[node + 1] = (starts[node] ?? 0) + list.length;
  return {
    starts,
    targets: Uint32Array.from(neighbours.flat()),
    shares: Float32Array.from(neighbours.flatMap((list) => list.map(() => 1 / list.length))),
  };
}

const WALK = { damping: 0.7, iterations: 20 };

describe("personalisedPageRank", () => {
  test("ranks nodes by how near they are to the seeds", () => {
    const chain = toAdjacency(4, [
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
    const [seed = 0, near = 0, far = 0, farthest = 0] = personalisedPageRank(chain, new Map([[0, 1]]), WALK);
    expect(seed).toBeGreaterThan(far);
    expect(near).toBeGreaterThan(far);
    expect(far).toBeGreaterThan(farthest);
    expect(farthest).toBeGreaterThan(0);
  });

  test("never reaches what no seed is connected to", () => {
    const islands = toAdjacency(4, [
      [0, 1],
      [2, 3],
    ]);
    expect([...personalisedPageRank(islands, new Map([[0, 2]]), WALK)].slice(2)).toEqual([0, 0]);
  });

  test("is a share of all walks: not negative, at most 1 in sum", () => {
    const edge = fc.tuple(fc.nat(9), fc.nat(9)).filter(([a, b]) => a !== b);
    const seeds = fc.array(fc.tuple(fc.nat(9), fc.double({ min: 0.1, max: 9, noNaN: true })), {
      minLength: 1,
    });
    fc.assert(
      fc.property(fc.array(edge), seeds, (edges, weights) => {
        const ranks = personalisedPageRank(toAdjacency(10, edges), new Map(weights), WALK);
        expect(Math.min(...ranks)).toBeGreaterThanOrEqual(0);
        expect(ranks.reduce((sum, rank) => sum + rank, 0)).toBeLessThanOrEqual(1.0001);
      }),
    );
  });
});
