import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startTimeLimit } from "./time-limit";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = new AbortController().signal;

describe("a time limit", () => {
  it("ends the first wait, and says that it was the limit", () => {
    const limit = startTimeLimit(100, never);
    vi.advanceTimersByTime(99);
    expect(limit.signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(limit).toMatchObject({ expired: true });
    expect(limit.signal.aborted).toBe(true);
  });

  it("begins anew with each token, and does not count the reader's own time", () => {
    const limit = startTimeLimit(100, never);
    for (let token = 0; token < 10; token += 1) {
      vi.advanceTimersByTime(90);
      limit.pause();
      vi.advanceTimersByTime(10_000);
      limit.restart();
    }
    expect(limit.expired).toBe(false);
    vi.advanceTimersByTime(100);
    expect(limit.expired).toBe(true);
  });

  it("carries the caller's abort with its reason, and that is not the limit", () => {
    const caller = new AbortController();
    const limit = startTimeLimit(100, caller.signal);
    caller.abort("stop");
    expect(limit.signal.reason).toBe("stop");
    expect(limit.expired).toBe(false);
  });

  it("leaves neither a timer nor a listener behind", () => {
    const caller = new AbortController();
    const remove = vi.spyOn(caller.signal, "removeEventListener");
    startTimeLimit(100, caller.signal).stop();
    expect(vi.getTimerCount()).toBe(0);
    expect(remove).toHaveBeenCalledOnce();
  });
});
