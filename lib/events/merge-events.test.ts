import { describe, expect, it } from "vitest";
import { mergeEvents } from "./merge-events";

async function* counting(name: string, count: number, fails = false): AsyncGenerator<string, string> {
  for (let step = 1; step <= count; step += 1) {
    await Promise.resolve();
    yield `${name}${step}`;
  }
  if (fails) throw new Error(name);
  return name;
}

async function run(generators: AsyncGenerator<string, string>[]) {
  const seen: string[] = [];
  const merged = mergeEvents(generators);
  try {
    for (;;) {
      const step = await merged.next();
      if (step.done) return { seen, results: step.value };
      seen.push(step.value);
    }
  } catch (error) {
    return { seen, error };
  }
}

describe("merging generators", () => {
  it("yields every event in its generator's order and returns results in the order given", async () => {
    const { seen, results } = await run([counting("a", 3), counting("b", 1), counting("c", 2)]);
    expect(results).toEqual(["a", "b", "c"]);
    expect(seen.toSorted()).toEqual(["a1", "a2", "a3", "b1", "c1", "c2"]);
    expect(seen.filter((event) => event.startsWith("a"))).toEqual(["a1", "a2", "a3"]);
  });

  it("runs the others to their end before it throws", async () => {
    const { seen, error } = await run([counting("a", 1, true), counting("b", 4)]);
    expect(error).toMatchObject({ message: "a" });
    expect(seen).toContain("b4");
  });
});
