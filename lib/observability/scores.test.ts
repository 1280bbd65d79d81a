import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Feedback } from "@/lib/domain/feedback";
import { toTraceId } from "@/lib/domain/ids";
import { eventually, type SinkSetup, startSinkSetup } from "./trace-sink.fixture";

const requestId = "0192f0c1-a2b3-7c4d-8e5f-60718293a4b5";
const id = `${toTraceId(requestId)}-user_feedback`;
const up: Feedback = { value: "up", reasons: [], comment: null, at: 1 };
const down: Feedback = { value: "down", reasons: ["wrong", "source"], comment: "older page", at: 2 };

let setup: SinkSetup;
beforeEach(async () => {
  setup = await startSinkSetup({ limits: { maxAttempts: 1000 } });
});
afterEach(() => setup.close());

const score = () => setup.receiver.scores().get(id);
const scoreRequests = () => setup.receiver.requests().filter((line) => line.includes("/scores"));

describe("a vote", () => {
  it("is a BOOLEAN score user_feedback of its trace, 1 for up and 0 for down with what was said", async () => {
    expect(setup.sink.score(requestId, up)).toBe("sent");
    await eventually(() => expect(score()?.value).toBe(1));
    expect(score()).toEqual({
      id,
      traceId: toTraceId(requestId),
      name: "user_feedback",
      dataType: "BOOLEAN",
      value: 1,
      comment: null,
    });
    setup.sink.score(requestId, down);
    await eventually(() => expect(score()).toMatchObject({ value: 0, comment: "wrong, source: older page" }));
    expect(setup.receiver.scores().size).toBe(1);
  });

  it("is taken back with null; one that was never there is no fault", async () => {
    setup.sink.score(requestId, up);
    await eventually(() => expect(score()).toBeDefined());
    setup.sink.score(requestId, null);
    await eventually(() => expect(score()).toBeUndefined());
    await eventually(() => expect(scoreRequests()).toHaveLength(2));
    setup.sink.score(requestId, null);
    await eventually(() => expect(scoreRequests()).toHaveLength(3));
    await setup.sink.flush(1000);
    expect(setup.log).toEqual([]);
  });

  it("that follows another at once arrives after it: the last one counts", async () => {
    expect(setup.sink.score(requestId, up)).toBe("sent");
    expect(setup.sink.score(requestId, null)).toBe("queued");
    expect(setup.sink.score(requestId, down)).toBe("queued");
    await setup.sink.flush(2000);
    await eventually(() => expect(score()?.value).toBe(0));
  });

  it("is on its way alone: the next one of its trace waits for it", async () => {
    setup.receiver.setFault({ kind: "hang" });
    setup.sink.score(requestId, up);
    await eventually(() => expect(scoreRequests()).toHaveLength(1));
    setup.sink.score(requestId, down);
    setup.sink.score("0192f0c1-a2b3-7c4d-8e5f-000000000000", up);
    await eventually(() => expect(scoreRequests()).toHaveLength(2));
    setup.receiver.setFault(null);
    await eventually(() => expect(score()?.value).toBe(0));
  });

  it("given while Langfuse is away follows when it is back, without those it replaced", async () => {
    setup.receiver.setFault({ kind: "status", status: 503 });
    setup.sink.score(requestId, up);
    await eventually(() => expect(setup.log.length).toBeGreaterThan(0));
    expect(setup.sink.score(requestId, down)).toBe("queued");
    setup.receiver.setFault(null);
    await eventually(() => expect(score()?.value).toBe(0));
    await setup.sink.flush(1000);
    expect(setup.sink.score("0192f0c1-a2b3-7c4d-8e5f-000000000000", up)).toBe("sent");
  });

  it("that Langfuse refuses for good is given up, said in the log, and keeps no later one from going", async () => {
    setup.receiver.setFault({ kind: "status", status: 401 });
    setup.sink.score(requestId, up);
    await eventually(() => expect(setup.log.join()).toContain("refused the keys"));
    setup.receiver.setFault(null);
    setup.sink.score(requestId, down);
    await eventually(() => expect(score()?.value).toBe(0));
  });

  it("for which there is no room is not said to be on its way", async () => {
    await setup.close();
    setup = await startSinkSetup({ limits: { maxParcels: 1 } });
    setup.receiver.setFault({ kind: "hang" });
    expect(setup.sink.score(requestId, up)).toBe("sent");
    expect(setup.sink.score("0192f0c1-a2b3-7c4d-8e5f-000000000000", up)).toBe("disabled");
    expect(setup.log.join()).toContain("too many scores are waiting");
  });
});

describe("the support of an answer's citations", () => {
  const supportId = `${toTraceId(requestId)}-citation_support`;

  it("is a NUMERIC score citation_support of its trace, and a later one replaces it", async () => {
    expect(setup.sink.scoreSupport(requestId, 0.25)).toBe("sent");
    await eventually(() => expect(setup.receiver.scores().get(supportId)).toBeDefined());
    expect(setup.receiver.scores().get(supportId)).toEqual({
      id: supportId,
      traceId: toTraceId(requestId),
      name: "citation_support",
      dataType: "NUMERIC",
      value: 0.25,
      comment: null,
    });
    setup.sink.scoreSupport(requestId, 0.75);
    await eventually(() => expect(setup.receiver.scores().get(supportId)?.value).toBe(0.75));
  });

  it("and a vote on the same answer do not wait for one another or take one another's place", async () => {
    setup.sink.score(requestId, up);
    setup.sink.scoreSupport(requestId, 0.5);
    await eventually(() =>
      expect([...setup.receiver.scores().keys()].sort()).toEqual([supportId, id].sort()),
    );
  });
});
