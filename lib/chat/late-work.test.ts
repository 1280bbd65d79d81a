import { describe, expect, it } from "vitest";
import { createLateTurns } from "@/lib/late-turns";
import { createFakeClock } from "@/lib/store/fake-clock";
import { createLateWork } from "./late-work";

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/** Steps of so many milliseconds each. */
function setUp() {
  const clock = createFakeClock();
  const done: string[] = [];
  const faults: unknown[] = [];
  const turns = createLateTurns({ clock });
  const late = createLateWork({ clock, turns, onFault: (error) => faults.push(error) });
  function* steps(name: string, count: number, ms: number) {
    for (let step = 1; step <= count; step += 1) {
      done.push(`${name}${step}`);
      clock.advance(ms);
      yield;
    }
  }
  return { late, turns, done, faults, steps };
}

describe("late work", () => {
  it("does nothing in the turn that starts it", () => {
    const { late, done, steps } = setUp();
    void late.start(steps("a", 1, 0));
    expect(done).toEqual([]);
  });

  it("gives way after a millisecond, however much there is to do", async () => {
    const { late, done, steps } = setUp();
    const work = late.start(steps("a", 10, 0.4));
    await nextTurn();
    await nextTurn();
    expect(done.length).toBeGreaterThan(0);
    expect(done.length).toBeLessThan(10);
    await work;
    expect(done).toHaveLength(10);
  });

  it("goes on in every of its turns only when nobody waits for an answer", async () => {
    const { late, turns, done, steps } = setUp();
    let release = () => {};
    function* interrupted() {
      yield* steps("a", 1, 5);
      release = turns.hold();
      yield* steps("b", 1, 5);
      yield* steps("c", 1, 5);
    }
    const work = late.start(interrupted());
    for (let turn = 0; turn < 9; turn += 1) await nextTurn();
    expect(done).toEqual(["a1", "b1"]);
    release();
    await work;
    expect(done).toEqual(["a1", "b1", "c1"]);
  });

  it("does one work after the other, in their order", async () => {
    const { late, done, steps } = setUp();
    const first = late.start(steps("a", 2, 5));
    await late.start(steps("b", 2, 5));
    await first;
    expect(done).toEqual(["a1", "a2", "b1", "b2"]);
  });

  it("tells of work that throws and goes on with the next", async () => {
    const { late, done, faults, steps } = setUp();
    function* broken(): Generator<void> {
      yield;
      throw new Error("broken");
    }
    await late.start(broken());
    await late.start(steps("a", 1, 0));
    expect(faults).toEqual([new Error("broken")]);
    expect(done).toEqual(["a1"]);
  });
});
