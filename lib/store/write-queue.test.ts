import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { until } from "./until";
import { createWriteQueue, type WriteQueueOptions } from "./write-queue";

/** A store that notes what it is given, may be away, and may be told to fail or to wait. */
function makeQueue(changes: Partial<WriteQueueOptions<string>> = {}) {
  const world = {
    ready: true,
    fails: [] as Error[],
    written: [] as [string, string[]][],
    dropped: [] as [string, number][],
    gate: Promise.resolve(),
  };
  const queue = createWriteQueue<string>({
    async write(key, items) {
      await world.gate;
      const failure = world.fails.shift();
      if (failure) throw failure;
      world.written.push([key, [...items]]);
    },
    isReady: () => world.ready,
    sizeOf: (item) => item.length,
    onDrop: (key, count) => world.dropped.push([key, count]),
    ...changes,
    limits: { retryMs: 5, ...changes.limits },
  });
  return { queue, world };
}

const away = () => new AppError("unavailable", "away");

describe("write queue", () => {
  it("writes what is pushed in one turn as one batch per key", async () => {
    const { queue, world } = makeQueue();
    for (const item of ["1", "2", "3"]) queue.push("a", item);
    queue.push("b", "x");
    expect(queue.pending()).toBe(4);
    await queue.settled();
    expect(world.written).toEqual([
      ["a", ["1", "2", "3"]],
      ["b", ["x"]],
    ]);
    expect(queue.pending()).toBe(0);
  });

  it("cuts batches by number and by bytes, but never leaves a large item behind", async () => {
    const { queue, world } = makeQueue({ limits: { batchItems: 2, batchBytes: 5 } });
    for (const item of ["1", "2", "3", "44444", "5555555", "6"]) queue.push("a", item);
    await queue.settled();
    expect(world.written.map(([, items]) => items)).toEqual([
      ["1", "2"],
      ["3"],
      ["44444"],
      ["5555555"],
      ["6"],
    ]);
  });

  it("keeps everything while the store is away and writes it in order when it is back", async () => {
    const { queue, world } = makeQueue();
    world.ready = false;
    for (const item of ["1", "2"]) queue.push("a", item);
    await queue.settled();
    expect(world.written).toEqual([]);
    world.ready = true;
    queue.push("a", "3");
    await until(() => queue.pending() === 0);
    expect(world.written.flatMap(([, items]) => items)).toEqual(["1", "2", "3"]);
  });

  it("writes again what was not acknowledged, before what came later", async () => {
    const { queue, world } = makeQueue();
    world.fails = [away(), away()];
    queue.push("a", "1");
    await queue.settled("a");
    expect(queue.pending("a")).toBe(1);
    queue.push("a", "2");
    await until(() => queue.pending() === 0);
    expect(world.written.flatMap(([, items]) => items)).toEqual(["1", "2"]);
    expect(world.dropped).toEqual([]);
  });

  it("gives up what the store refuses and goes on with the rest", async () => {
    const { queue, world } = makeQueue();
    world.fails = [new Error("no")];
    queue.push("a", "1");
    await queue.settled();
    queue.push("a", "2");
    await queue.settled();
    expect(world.dropped).toEqual([["a", 1]]);
    expect(world.written).toEqual([["a", ["2"]]]);
  });

  it("lets the key that has waited longest give way when it is full, and never what is on its way", async () => {
    const open = Promise.withResolvers<void>();
    const { queue, world } = makeQueue({ limits: { maxItems: 4 } });
    world.gate = open.promise;
    queue.push("sent", "0");
    await new Promise((resolve) => setImmediate(resolve));
    for (const item of ["1", "2"]) queue.push("old", item);
    for (const item of ["3", "4", "5"]) queue.push("new", item);
    expect(queue.pending()).toBe(4);
    open.resolve();
    await until(() => queue.pending() === 0);
    expect(world.dropped).toEqual([["old", 2]]);
    expect(world.written).toEqual([
      ["sent", ["0"]],
      ["new", ["3", "4", "5"]],
    ]);
  });

  it("gives up only what waits behind a batch that is on its way", async () => {
    const open = Promise.withResolvers<void>();
    const { queue, world } = makeQueue({ limits: { maxItems: 2 } });
    world.gate = open.promise;
    queue.push("a", "1");
    await new Promise((resolve) => setImmediate(resolve));
    for (const item of ["2", "3", "4"]) queue.push("a", item);
    open.resolve();
    await until(() => queue.pending() === 0);
    expect(world.written.flatMap(([, items]) => items)).toEqual(["1", "4"]);
    expect(world.dropped).toEqual([["a", 2]]);
  });

  it("has one batch of a key on its way at a time", async () => {
    const open = Promise.withResolvers<void>();
    const { queue, world } = makeQueue();
    world.gate = open.promise;
    for (const item of ["1", "2", "3"]) {
      queue.push("a", item);
      await new Promise((resolve) => setImmediate(resolve));
    }
    open.resolve();
    await until(() => queue.pending() === 0);
    expect(world.written.map(([, items]) => items)).toEqual([["1"], ["2", "3"]]);
  });

  it("drops the items of a single key when nothing else can give way", () => {
    const { queue, world } = makeQueue({ limits: { maxBytes: 10 } });
    world.ready = false;
    for (const item of ["4444", "4444", "4444"]) queue.push("a", item);
    expect(world.dropped).toEqual([["a", 3]]);
    queue.push("a", "x".repeat(11));
    expect(world.dropped).toEqual([
      ["a", 3],
      ["a", 1],
    ]);
    expect(queue.pending()).toBe(0);
  });

  it("leaves one item in the place of many where it is told how", async () => {
    const { queue, world } = makeQueue({ limits: { maxItems: 3 }, condense: (items) => items.join("+") });
    world.ready = false;
    for (const item of ["1", "2", "3", "4", "5"]) queue.push("a", item);
    world.ready = true;
    await until(() => queue.pending() === 0);
    expect(world.written).toEqual([["a", ["1+2+3+4", "5"]]]);
    expect(world.dropped).toEqual([]);
  });

  it("forgets what is cleared", async () => {
    const { queue, world } = makeQueue();
    queue.push("a", "1");
    queue.push("b", "2");
    queue.clear("a");
    await queue.settled();
    expect(world.written).toEqual([["b", ["2"]]]);
  });

  it("does not make anyone wait for a store that is away, nor after it was closed", async () => {
    const { queue, world } = makeQueue();
    world.ready = false;
    queue.push("a", "1");
    await queue.settled("a");
    world.ready = true;
    queue.close();
    queue.push("a", "2");
    await queue.settled("a");
    expect(world.written).toEqual([]);
  });

  it("keeps each key's order and loses nothing, however the store fails", async () => {
    const pushes = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 40 });
    const cases = fc.asyncProperty(
      pushes,
      fc.nat({ max: 6 }),
      fc.integer({ min: 1, max: 4 }),
      async (keys, faults, size) => {
        const { queue, world } = makeQueue({ limits: { batchItems: size, retryMs: 1 } });
        world.fails = Array.from({ length: faults }, away);
        for (const [i, key] of keys.entries()) queue.push(key, String(i));
        await until(() => queue.pending() === 0);
        for (const name of ["a", "b", "c"]) {
          const pushed = keys.flatMap((key, i) => (key === name ? [String(i)] : []));
          const written = world.written.filter(([key]) => key === name).flatMap(([, items]) => items);
          expect(written).toEqual(pushed);
        }
      },
    );
    await fc.assert(cases, { numRuns: 40 });
  });

  it("tells why a store that is there leaves items behind, and when it has taken them all", async () => {
    const rounds: unknown[] = [];
    const { queue, world } = makeQueue({ onRound: (refusal) => void rounds.push(refusal) });
    const full = away();
    world.fails.push(full);
    queue.push("a", "1");
    await until(() => queue.pending() === 0);
    expect(rounds).toEqual([full, null]);
    world.ready = false;
    queue.push("a", "2");
    await until(() => queue.stalled());
    expect(rounds).toEqual([full, null]);
    queue.close();
  });
});
