import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { moveInTree, type TreeLine } from "./tree-keys";

const line = (id: string, level: number, state: "leaf" | "open" | "closed" = "leaf"): TreeLine => ({
  id,
  level,
  expandable: state !== "leaf",
  expanded: state === "open",
});
const lines = [
  line("root", 1, "open"),
  line("a", 2, "open"),
  line("a1", 3),
  line("b", 2, "closed"),
  line("c", 2),
];
const press = (current: string, key: string) => moveInTree(lines, current, key);

describe("moveInTree", () => {
  it("moves line by line and to both ends", () => {
    expect([press("a", "ArrowDown"), press("a", "k"), press("a", "End")]).toEqual([
      { type: "go", id: "a1" },
      { type: "go", id: "root" },
      { type: "go", id: "c" },
    ]);
    expect([press("root", "ArrowUp"), press("c", "j"), press("c", "x")]).toEqual([null, null, null]);
  });

  it("opens, then enters; closes, then leaves to the parent", () => {
    expect([press("b", "ArrowRight"), press("a", "ArrowRight"), press("c", "ArrowRight")]).toEqual([
      { type: "toggle", id: "b" },
      { type: "go", id: "a1" },
      null,
    ]);
    expect([press("a", "ArrowLeft"), press("a1", "ArrowLeft"), press("c", "ArrowLeft")]).toEqual([
      { type: "toggle", id: "a" },
      { type: "go", id: "a" },
      { type: "go", id: "root" },
    ]);
  });

  it("only ever names lines that are there, also when the current one is not", () => {
    const key = fc.constantFrom("ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "Home", "End", "j", "k");
    fc.assert(
      fc.property(fc.subarray(lines), fc.string(), key, (some, current, pressed) => {
        const move = moveInTree(some, current, pressed);
        if (move) expect(some.map(({ id }) => id)).toContain(move.id);
      }),
    );
  });
});
