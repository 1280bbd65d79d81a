import { expect, test } from "vitest";
import { systemClock } from "@/lib/domain/clock";
import { KEPT_VERSIONS_MS, tendTable } from "./tend-table";

/** Looks as often as there are steps; each says what the table is like at that look. */
async function look(steps: { version: number; unindexed: number; fails?: boolean }[]) {
  const stop = new AbortController();
  const optimized: Date[] = [];
  let at = -1;
  const now = () => steps[Math.max(0, at)] ?? { version: 0, unindexed: 0 };
  const table = {
    version: async () => now().version,
    unindexedRows: async () => now().unindexed,
    optimize: async (removeBefore: Date) => {
      if (now().fails) throw new Error("another process was faster");
      optimized.push(removeBefore);
    },
  };
  const pause = async () => {
    at += 1;
    if (at >= steps.length) stop.abort();
  };
  await tendTable(table, {
    clock: { ...systemClock, now: () => KEPT_VERSIONS_MS },
    signal: stop.signal,
    pause,
  });
  return optimized;
}

test("takes many rows into the indexes while others write, and few when they pause", async () => {
  expect(
    await look([
      { version: 1, unindexed: 0 },
      { version: 2, unindexed: 400 },
    ]),
  ).toHaveLength(0);
  expect(
    await look([
      { version: 1, unindexed: 0 },
      { version: 2, unindexed: 401 },
    ]),
  ).toHaveLength(1);
  expect(
    await look([
      { version: 1, unindexed: 1 },
      { version: 2, unindexed: 5 },
    ]),
  ).toHaveLength(1);
  expect(
    await look([
      { version: 1, unindexed: 0 },
      { version: 1, unindexed: 0 },
    ]),
  ).toHaveLength(0);
});

test("keeps the versions of the last hour for those who read them", async () => {
  expect(await look([{ version: 1, unindexed: 1000 }])).toEqual([new Date(0)]);
});

test("a turn that fails is tried again at the next look", async () => {
  const steps = [
    { version: 1, unindexed: 1000, fails: true },
    { version: 1, unindexed: 1000 },
  ];
  expect(await look(steps)).toHaveLength(1);
});
