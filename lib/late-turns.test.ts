import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createLateTurns } from "./late-turns";
import { createFakeClock } from "./store/fake-clock";

function setUp() {
  const clock = createFakeClock();
  const waits: { ms: number; over: () => void }[] = [];
  const turns = createLateTurns({
    clock,
    wait: (ms) => new Promise<void>((over) => waits.push({ ms, over })),
  });
  let came = 0;
  return {
    turns,
    ask: () => void turns.next().then(() => (came += 1)),
    /** How many of those who asked have got their turn by now. */
    async came() {
      for (let turn = 0; turn < 3; turn += 1) await setImmediate();
      return came;
    },
    pass(ms: number) {
      clock.advance(ms);
      for (const wait of waits.splice(0)) wait.over();
    },
    waits: () => waits.map(({ ms }) => ms),
  };
}

describe("late turns", () => {
  it("come when nobody waits for an answer, but never in the turn that asks", async () => {
    const { turns } = setUp();
    let isSame = true;
    const turn = turns.next().then(() => isSame);
    await Promise.resolve();
    isSame = false;
    expect(await turn).toBe(false);
  });

  it("wait until the last one who waits has an answer; to let go twice is once", async () => {
    const { turns, ask, came } = setUp();
    const [first, second] = [turns.hold(), turns.hold()];
    ask();
    ask();
    first();
    first();
    expect(await came()).toBe(0);
    second();
    expect(await came()).toBe(2);
    turns.hold();
    ask();
    expect(await came()).toBe(2);
  });

  it("come all the same when many wait for one, so many at a time that they do not pile up", async () => {
    const { turns, ask, came } = setUp();
    turns.hold();
    for (let asked = 0; asked < 16; asked += 1) ask();
    expect(await came()).toBe(0);
    for (let asked = 0; asked < 144; asked += 1) ask();
    // Three turns: a tenth of those who wait in each, and not one.
    expect(await came()).toBeGreaterThan(10);
    for (let turn = 0; turn < 50; turn += 1) await setImmediate();
    expect(await came()).toBe(144);
  });

  it("come after a quarter of a second all the same, counted from when somebody began to wait", async () => {
    const { turns, ask, came, pass, waits } = setUp();
    const first = turns.hold();
    pass(200);
    ask();
    expect(await came()).toBe(0);
    expect(waits()).toEqual([50]);
    turns.hold();
    first();
    pass(50);
    expect(await came()).toBe(1);
    ask();
    expect(await came()).toBe(2);
  });
});
