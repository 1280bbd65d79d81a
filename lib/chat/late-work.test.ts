import { describe, expect, it } from "vitest";
import { createFakeClock } from "@/lib/store/fake-clock";
import { createLateWork } from "./late-work";

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/** Steps of so many milliseconds each. */
function setUp() {
  const clock = createFakeClock();
  const done: string[] = [];
  const faults: unknown[] = [];
  const late = createLateWork({ clock, onFault: (error) => faults.push(error) });
  function* steps(name: string, count: number, ms: number) {
    for (let step = 1; step <= count; step += 1) {
      done.push(`${name}${step}`);
      clock.advance(ms);
      yield;
    }
  }
  return { late, done, faults, steps };
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
