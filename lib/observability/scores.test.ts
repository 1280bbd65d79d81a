import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "@/lib/domain/clock";
import type { Feedback } from "@/lib/domain/feedback";
import { toTraceId } from "@/lib/domain/ids";
import type { ScoreExport } from "@/lib/domain/score-export";
import type { ExportBuffer } from "@/lib/store/export-buffer";
import { scoreExports } from "@/lib/store/export-codec";
import { createMemoryExportBuffer } from "@/lib/store/memory-export-buffer";
import { eventually, type SinkSetup, startSinkSetup } from "./trace-sink.fixture";

const requestId = "0192f0c1-a2b3-7c4d-8e5f-60718293a4b5";
const id = `${toTraceId(requestId)}-user_feedback`;
const up: Feedback = { value: "up", reasons: [], comment: null, at: 1 };
const down: Feedback = { value: "down", reasons: ["wrong", "source"], comment: "older page", at: 2 };

const other = "0192f0c1-a2b3-7c4d-8e5f-000000000000";

let setup: SinkSetup;
let scoreBuffer: ExportBuffer<ScoreExport>;
beforeEach(async () => {
  scoreBuffer = createMemoryExportBuffer(scoreExports, { clock: systemClock, maxItems: 9, maxBytes: 1e6 });
  setup = await startSinkSetup({ scoreBuffer, limits: { maxAttempts: 1000 } });
});
afterEach(() => setup.close());

async function restart(changes: Parameters<typeof startSinkSetup>[0]): Promise<void> {
  await setup.close();
  setup = await startSinkSetup({ scoreBuffer, ...changes });
}

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
    setup.sink.score(other, up);
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
    expect(setup.sink.score(other, up)).toBe("sent");
  });

  it("that Langfuse refuses is said in the log, and follows when it is taken", async () => {
    setup.receiver.setFault({ kind: "status", status: 401 });
    setup.sink.score(requestId, up);
    await eventually(() => expect(setup.log.join()).toContain("refused the keys"));
    expect(setup.sink.health().state).toBe("degraded");
    setup.receiver.setFault(null);
    await eventually(() => expect(score()?.value).toBe(1));
    await eventually(() => expect(setup.sink.health()).toMatchObject({ state: "ok", reason: null }));
  });

  it("that Langfuse does not want as it is, is given up, and keeps no later one from going", async () => {
    setup.receiver.setFault({ kind: "status", status: 400 });
    setup.sink.score(requestId, up);
    await eventually(() => expect(scoreRequests()).toHaveLength(3));
    await eventually(async () => expect(await scoreBuffer.counts()).toEqual({ pending: 0, failed: 0 }));
    setup.receiver.setFault(null);
    setup.sink.score(requestId, down);
    await eventually(() => expect(score()?.value).toBe(0));
  });

  it("for which there is no room on the wire is kept and follows", async () => {
    await restart({ limits: { maxParcels: 1 } });
    setup.receiver.setFault({ kind: "hang" });
    setup.sink.score(other, up);
    expect(setup.sink.score(requestId, up)).toBe("queued");
    expect(setup.log.join()).toContain("Too many scores are waiting");
    setup.receiver.setFault(null);
    await eventually(() => expect(score()?.value).toBe(1));
  });

  it("outlives the process that took it, once, with what it became last", async () => {
    setup.receiver.setFault({ kind: "status", status: 503 });
    setup.sink.score(requestId, up);
    setup.sink.score(requestId, down);
    setup.sink.score(other, up);
    setup.sink.score(other, null);
    await eventually(async () => expect((await scoreBuffer.counts()).pending).toBe(2));
    const { receiver } = setup;
    await setup.sink.close();
    receiver.setFault(null);
    const next = await startSinkSetup({ host: receiver.url, scoreBuffer });
    try {
      await eventually(async () => expect(await scoreBuffer.counts()).toEqual({ pending: 0, failed: 0 }));
      expect([...receiver.scores().values()]).toMatchObject([{ id, value: 0 }]);
    } finally {
      await next.close();
    }
  });

  it("stays kept when it comes while the one before it is being forgotten", async () => {
    const gate = Promise.withResolvers<void>();
    let puts = 0;
    const slow: typeof scoreBuffer = {
      ...scoreBuffer,
      put(item, holdMs) {
        puts += 1;
        return gate.promise.then(() => scoreBuffer.put(item, holdMs));
      },
    };
    await restart({ scoreBuffer: slow });
    setup.sink.score(requestId, up);
    await eventually(() => expect(score()?.value).toBe(1));
    await eventually(() => expect(setup.sink.score(other, null)).toBe("sent"));
    await eventually(() => expect(scoreRequests()).toHaveLength(2));
    setup.receiver.setFault({ kind: "hang" });
    setup.sink.score(requestId, down);
    await eventually(() => expect(puts).toBe(3));
    gate.resolve();
    await eventually(async () => expect(await scoreBuffer.counts()).toEqual({ pending: 1, failed: 0 }));
    const start = performance.now();
    await eventually(() => expect(performance.now() - start).toBeGreaterThan(100));
    expect(await scoreBuffer.counts()).toEqual({ pending: 1, failed: 0 });
  });

  it("of a request that is deleted meanwhile is not sent any more", async () => {
    setup.receiver.setFault({ kind: "status", status: 503 });
    setup.sink.score(requestId, up);
    await eventually(async () => expect((await scoreBuffer.counts()).pending).toBe(1));
    expect(await setup.sink.discard(requestId)).toBe(true);
    // What was on the wire just then has come to its end.
    await setup.sink.flush(1000);
    setup.receiver.setFault(null);
    setup.sink.score(other, up);
    await eventually(() => expect(setup.receiver.scores().size).toBe(1));
    await setup.sink.flush(1000);
    await eventually(async () => expect(await scoreBuffer.counts()).toEqual({ pending: 0, failed: 0 }));
    expect(score()).toBeUndefined();
    expect(setup.log.join()).not.toContain("deleted");
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
