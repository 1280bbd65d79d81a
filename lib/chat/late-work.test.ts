import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createLateTurns } from "@/lib/late-turns";
import { createFakeClock } from "@/lib/store/fake-clock";
import { doLate } from "./late-work";

/** Steps of so many milliseconds each. */
function setUp() {
  const clock = createFakeClock();
  const turns = createLateTurns({ clock });
  const done: string[] = [];
  function* steps(name: string, count: number, ms: number) {
    for (let step = 1; step <= count; step += 1) {
      done.push(`${name}${step}`);
      clock.advance(ms);
      yield;
    }
  }
  return { done, steps, turns, start: (work: Iterator<void>) => doLate(work, { turns, clock }) };
}

describe("late work", () => {
  it("does nothing in the turn that starts it", async () => {
    const { start, done, steps } = setUp();
    const work = start(steps("a", 1, 0));
    await Promise.resolve();
    expect(done).toEqual([]);
    await work;
    expect(done).toEqual(["a1"]);
  });

  it("gives way after a millisecond, however much there is to do", async () => {
    const { start, done, steps } = setUp();
    const work = start(steps("a", 10, 0.4));
    await setImmediate();
    await setImmediate();
    expect(done.length).toBeGreaterThan(0);
    expect(done.length).toBeLessThan(10);
    await work;
    expect(done).toHaveLength(10);
  });

  it("goes on in every of its turns only when nobody waits for an answer", async () => {
    const { start, turns, done, steps } = setUp();
    let release = () => {};
    function* interrupted() {
      yield* steps("a", 1, 5);
      release = turns.hold();
      yield* steps("b", 1, 5);
      yield* steps("c", 1, 5);
    }
    const work = start(interrupted());
    for (let turn = 0; turn < 9; turn += 1) await setImmediate();
    expect(done).toEqual(["a1", "b1"]);
    release();
    await work;
    expect(done).toEqual(["a1", "b1", "c1"]);
  });

  it("rejects with what it throws", async () => {
    const { start } = setUp();
    function* broken(): Generator<void> {
      yield;
      throw new Error("broken");
    }
    await expect(start(broken())).rejects.toThrow("broken");
  });
});
