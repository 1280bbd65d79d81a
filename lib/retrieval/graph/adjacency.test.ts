import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { spread, toAdjacency } from "./adjacency";
import { EdgeList } from "./edge-list";
import { atOnce } from "./slices.fixture";

interface Edge {
  from: number;
  to: number;
  weight: number;
}

const NODES = 6;
/** Few different weights, so that many are equal, and any others. */
const weight = fc.oneof(fc.constantFrom(0.1, 0.5, 3), fc.double({ min: 0.01, max: 100, noNaN: true }));
const edge: fc.Arbitrary<Edge> = fc.record({
  from: fc.nat(NODES - 1),
  to: fc.nat(20),
  weight,
});
const masses = fc.dictionary(fc.constantFrom("0", "1", "5"), fc.double({ min: 0, max: 1, noNaN: true }));
const toMass = (values: Record<string, number>) =>
  new Map(Object.entries(values).map(([node, mass]) => [Number(node), mass]));
const layOut = (nodes: number, edges: readonly Edge[]) => {
  const list = new EdgeList();
  for (const { from, to, weight } of edges) list.add(from, to, weight);
  return atOnce(toAdjacency(nodes, list));
};
const total = (values: Iterable<number>) => [...values].reduce((sum, value) => sum + value, 0);

describe("toAdjacency", () => {
  test("keeps each edge with its share of the node's weight, strongest first, equal ones in their order", () => {
    fc.assert(
      fc.property(fc.array(edge), (edges) => {
        const { starts, targets, shares } = layOut(NODES, edges);
        for (let node = 0; node < NODES; node += 1) {
          const own = edges.filter(({ from }) => from === node).toSorted((a, b) => b.weight - a.weight);
          const slots = [starts[node], starts[node + 1]] as const;
          expect([...targets.subarray(...slots)]).toEqual(own.map(({ to }) => to));
          const sum = total(edges.filter(({ from }) => from === node).map((one) => one.weight));
          expect([...shares.subarray(...slots)]).toEqual(own.map((one) => Math.fround(one.weight / sum)));
        }
      }),
    );
  });
});

test("a long list of edges keeps what is in it", () => {
  const edges = Array.from({ length: 70_000 }, (_, at): Edge => ({ from: 0, to: at, weight: 70_000 - at }));
  expect([...layOut(1, edges).targets]).toEqual(edges.map(({ to }) => to));
});

describe("spread", () => {
  test("neither makes nor loses mass where every node has neighbours", () => {
    const everyNode = Array.from({ length: NODES }, (_, from): Edge => ({ from, to: from + 1, weight: 1 }));
    fc.assert(
      fc.property(fc.array(edge), masses, (edges, values) => {
        const arrived = spread(layOut(NODES, [...everyNode, ...edges]), toMass(values), 1_000);
        expect(total(arrived.values())).toBeCloseTo(total(Object.values(values)));
      }),
    );
  });

  test("visits no more than the strongest neighbours of a node", () => {
    const adjacency = layOut(1, [
      { from: 0, to: 7, weight: 1 },
      { from: 0, to: 8, weight: 4 },
      { from: 0, to: 9, weight: 3 },
    ]);
    expect([...spread(adjacency, new Map([[0, 8]]), 2)]).toEqual([
      [8, 4],
      [9, 3],
    ]);
  });
});
