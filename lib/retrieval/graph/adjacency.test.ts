import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Edge, spread, toAdjacency } from "./adjacency";

const NODES = 6;
const edge: fc.Arbitrary<Edge> = fc.record({
  from: fc.nat(NODES - 1),
  to: fc.nat(20),
  weight: fc.double({ min: 0.01, max: 100, noNaN: true }),
});
const masses = fc.dictionary(fc.constantFrom("0", "1", "5"), fc.double({ min: 0, max: 1, noNaN: true }));
const toMass = (values: Record<string, number>) =>
  new Map(Object.entries(values).map(([node, mass]) => [Number(node), mass]));
const total = (values: Iterable<number>) => [...values].reduce((sum, value) => sum + value, 0);

describe("toAdjacency", () => {
  test("keeps each edge, strongest first, with shares that sum to 1 for each node that has any", () => {
    fc.assert(
      fc.property(fc.array(edge), (edges) => {
        const { starts, targets, shares } = toAdjacency(NODES, edges);
        for (let node = 0; node < NODES; node += 1) {
          const own = edges.filter(({ from }) => from === node).toSorted((a, b) => b.weight - a.weight);
          const slots = [starts[node], starts[node + 1]] as const;
          expect([...targets.subarray(...slots)]).toEqual(own.map(({ to }) => to));
          expect(total(shares.subarray(...slots))).toBeCloseTo(own.length === 0 ? 0 : 1);
        }
      }),
    );
  });
});

describe("spread", () => {
  test("neither makes nor loses mass where every node has neighbours", () => {
    const everyNode = Array.from({ length: NODES }, (_, from): Edge => ({ from, to: from + 1, weight: 1 }));
    fc.assert(
      fc.property(fc.array(edge), masses, (edges, values) => {
        const arrived = spread(toAdjacency(NODES, [...everyNode, ...edges]), toMass(values), 1_000);
        expect(total(arrived.values())).toBeCloseTo(total(Object.values(values)));
      }),
    );
  });

  test("visits no more than the strongest neighbours of a node", () => {
    const adjacency = toAdjacency(1, [
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
