import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { watchSilence } from "./watch-silence";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("a connection that says something now and then is left alone, a silent one is not", () => {
  const silent = vi.fn();
  const watch = watchSilence(silent, Date.now);
  for (let pings = 0; pings < 10; pings += 1) {
    vi.advanceTimersByTime(15_000);
    watch.heard();
  }
  expect(silent).not.toHaveBeenCalled();
  vi.advanceTimersByTime(42_000);
  expect(silent).toHaveBeenCalled();
  watch.close();
});

test("a computer that slept notices within seconds of waking up", () => {
  const silent = vi.fn();
  const watch = watchSilence(silent, Date.now);
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.advanceTimersByTime(2_000);
  expect(silent).toHaveBeenCalledTimes(1);
  watch.close();
});

test("one that is closed is not watched any more", () => {
  const silent = vi.fn();
  watchSilence(silent, Date.now).close();
  vi.advanceTimersByTime(120_000);
  expect(silent).not.toHaveBeenCalled();
});
