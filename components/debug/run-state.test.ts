import { describe, expect, it } from "vitest";
import { ApiFailure } from "@/components/chat/data/api-client";
import { emptyRecord } from "@/lib/run-view/reduce-run";
import type { RunFeed } from "@/lib/run-view/run-feed";
import { sampleRecord } from "@/lib/run-view/run-record.fixture";
import { awaitsTrace, NotYetStored, pollDelay, toRunState } from "./run-state";

const refusal = (status: number) => new ApiFailure(status, "code", "message");
const offline = new TypeError("Failed to fetch");

const CHECKED: RunFeed["support"] = { method: "lexical", pending: false, citations: [], generation: null };

function feedOf(record = sampleRecord()): RunFeed {
  const numbers = {
    truncated: 0,
    payloads: [],
    dropped: 0,
    traceCounts: null,
    unreadable: 0,
    knownMs: 0,
    learntAt: 0,
    answersAfterEnd: 1,
  };
  return { record, cursor: "9", source: "memory", degraded: false, support: CHECKED, ...numbers };
}

const pending = feedOf({ ...sampleRecord(), trace: { ...sampleRecord().trace, state: "pending" } });
const running = feedOf(emptyRecord("x"));

describe("the state of the panel", () => {
  it("is loading until something is known", () => {
    expect(toRunState({ feed: undefined, error: undefined })).toEqual({ kind: "loading", broken: false });
    expect(toRunState({ feed: undefined, error: new NotYetStored(1) })).toEqual({
      kind: "loading",
      broken: false,
    });
    expect(toRunState({ feed: undefined, error: offline })).toEqual({ kind: "loading", broken: true });
  });

  it("keeps a run that was loaded when the server is away or has forgotten it", () => {
    expect(toRunState({ feed: running, error: offline })).toMatchObject({
      kind: "ready",
      broken: true,
      gone: false,
    });
    expect(toRunState({ feed: running, error: refusal(503) })).toMatchObject({ kind: "ready", broken: true });
    expect(toRunState({ feed: running, error: refusal(404) })).toMatchObject({ broken: false, gone: true });
  });

  it("says that a run is missing, and shows nothing to whom the role was taken from", () => {
    expect(toRunState({ feed: undefined, error: refusal(404) })).toEqual({ kind: "missing" });
    for (const status of [401, 403]) {
      expect(toRunState({ feed: running, error: refusal(status) })).toEqual({ kind: "forbidden" });
    }
  });
});

it("a run that has expired here waits for somebody to ask when Langfuse cannot be reached", () => {
  const unreachable = { feed: undefined, error: refusal(502) };
  expect(toRunState(unreachable)).toEqual({ kind: "unreachable" });
  expect(pollDelay({ ...unreachable, linkPolls: 0 }, false)).toBeNull();
  expect(toRunState({ ...unreachable, feed: running })).toMatchObject({ kind: "ready", broken: true });
});

describe("polling", () => {
  it("goes on through faults that may pass and stops at those that do not", () => {
    const delay = (error: unknown) => pollDelay({ feed: running, error, linkPolls: 0 }, false);
    expect([undefined, offline, refusal(503), new NotYetStored(400)].map(delay)).toEqual([
      300, 2000, 2000, 400,
    ]);
    expect([400, 401, 403, 404].map((status) => delay(refusal(status)))).toEqual([null, null, null, null]);
  });

  it("waits for the trace for a minute and then until somebody asks", () => {
    expect(awaitsTrace({ feed: pending, error: undefined, linkPolls: 0 })).toBe(true);
    expect(awaitsTrace({ feed: pending, error: undefined, linkPolls: 5 })).toBe(false);
    expect(awaitsTrace({ feed: pending, error: refusal(404), linkPolls: 0 })).toBe(false);
    expect(awaitsTrace({ feed: feedOf(), error: undefined, linkPolls: 0 })).toBe(false);
  });
});
