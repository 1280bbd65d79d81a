import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AppError } from "@/lib/errors";
import { createLogger } from "@/lib/logger";
import { createAnswerKeeper } from "./answer-keeper";

const FULL = new AppError("unavailable", "The disk is full.");

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A store that fails with each of these and then takes the answer. */
function storeThatFails(...faults: readonly unknown[]) {
  const left = [...faults];
  let kept = 0;
  const write = async () => {
    if (left.length > 0) throw left.shift();
    kept += 1;
  };
  return { write, kept: () => kept, left: () => left.length };
}

test("an answer that the store cannot take now is tried again until it is kept", async () => {
  const keeper = createAnswerKeeper(createLogger("silent"));
  const store = storeThatFails(FULL, FULL, FULL);
  await keeper.keep("r", store.write);
  expect(keeper.isWaiting("r")).toBe(true);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(store.kept()).toBe(1);
  expect(keeper.isWaiting("r")).toBe(false);
});

test("an answer that will never be taken is given up at once", async () => {
  const keeper = createAnswerKeeper(createLogger("silent"));
  const store = storeThatFails(new Error("broken"), new Error("broken"));
  await keeper.keep("r", store.write);
  expect(keeper.isWaiting("r")).toBe(false);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(store.left()).toBe(1);
});

test("at the end of the process all that wait are tried once more", async () => {
  const keeper = createAnswerKeeper(createLogger("silent"));
  const [one, other] = [storeThatFails(FULL), storeThatFails(FULL, FULL)];
  await keeper.keep("one", one.write);
  await keeper.keep("other", other.write);
  await keeper.flush();
  expect([one.kept(), other.kept()]).toEqual([1, 0]);
  expect([keeper.isWaiting("one"), keeper.isWaiting("other")]).toEqual([false, true]);
});

test("no more than a thousand wait, and the newest are kept", async () => {
  const keeper = createAnswerKeeper(createLogger("silent"));
  const stores = Array.from({ length: 1001 }, () => storeThatFails(FULL));
  for (const [n, { write }] of stores.entries()) await keeper.keep(`r${n}`, write);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(stores.map(({ kept }) => kept())).toEqual([0, ...Array(1000).fill(1)]);
});
