import { type Context, context, ROOT_CONTEXT, trace as traceApi } from "@opentelemetry/api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startOtlpReceiver } from "@/e2e/support/otlp-receiver";
import { systemClock } from "@/lib/domain/clock";
import { toTraceId } from "@/lib/domain/ids";
import type { RunRecord } from "@/lib/domain/run-record";
import { runExports } from "@/lib/store/export-codec";
import { createFakeClock } from "@/lib/store/fake-clock";
import { createMemoryExportBuffer } from "@/lib/store/memory-export-buffer";
import { fromSpans } from "./from-spans";
import { sampleRecord } from "./sample-record.fixture";
import { eventually, exportRecord, type SinkSetup, startSinkSetup } from "./trace-sink.fixture";

let setup: SinkSetup;
beforeEach(async () => {
  setup = await startSinkSetup();
});
afterEach(() => setup.close());

/** Exports and waits until the receiver has the trace. */
async function roundTrip(record: RunRecord) {
  const links = exportRecord(setup.sink, record);
  await eventually(() => expect(links.at(-1)?.state).toBe("exported"));
  const trace = setup.receiver.trace(toTraceId(record.request_id));
  if (!trace) throw new Error("no trace arrived");
  return trace;
}

describe("one run over HTTP", () => {
  it("is one trace under the request's id, every observation under its span's id and parent", async () => {
    const record = sampleRecord();
    const trace = await roundTrip(record);
    expect(setup.receiver.traces()).toHaveLength(1);
    expect(trace.id).toBe(toTraceId(record.request_id));
    const arrived = trace.observations.map(({ id, parentObservationId }) => [id, parentObservationId]);
    const recorded = record.spans.map(({ span_id, parent_span_id }) => [span_id, parent_span_id]);
    expect(arrived.toSorted()).toEqual(recorded.toSorted());
  });

  it("has the record's timings to the microsecond", async () => {
    const record = sampleRecord();
    const { observations } = await roundTrip(record);
    for (const { span_id, offset_ms, duration_ms } of record.spans) {
      const shown = observations.find(({ id }) => id === span_id);
      expect(shown?.startTime).toBe(record.started_at + offset_ms);
      expect(shown?.endTime).toBe(record.started_at + offset_ms + (duration_ms ?? 0));
    }
  });

  it("has the record's usage, cost and first token", async () => {
    const record = sampleRecord();
    const { observations } = await roundTrip(record);
    const [generation] = record.generations;
    const span = record.spans.find(({ span_id }) => span_id === generation?.span_id);
    const shown = observations.find(({ id }) => id === generation?.span_id);
    expect(shown?.usageDetails).toEqual({
      input: generation?.usage?.prompt_tokens,
      output: generation?.usage?.completion_tokens,
      total: generation?.usage?.total_tokens,
    });
    expect(shown?.costDetails).toEqual({ total: generation?.cost_usd });
    const firstToken = record.started_at + (span?.offset_ms ?? 0) + (generation?.ttft_ms ?? 0);
    expect(shown?.completionStartTime).toBe(Math.floor(firstToken));
  });

  it("comes back as the same record", async () => {
    const record = sampleRecord();
    expect(fromSpans(await roundTrip(record), record.trace)).toEqual(record);
  });

  it("carries user, session, environment, release and tags on whichever span one looks at", async () => {
    const record = sampleRecord();
    expect(await roundTrip(record)).toMatchObject({
      name: "rag_chat",
      userId: "browser-hash",
      sessionId: record.session_id,
      tags: ["kb:staff", "agent:auto"],
      environment: "test",
      release: "0.1.0",
      metadata: { request_id: record.request_id, kb_prefix: "staff", session_id: record.session_id },
    });
  });

  it("has no phantom root, even where somebody else has a span open globally", async () => {
    const foreign = traceApi.setSpanContext(ROOT_CONTEXT, {
      traceId: "f".repeat(32),
      spanId: "f".repeat(16),
      traceFlags: 1,
    });
    context.setGlobalContextManager({
      active: (): Context => foreign,
      with: (_context, fn, thisArg, ...args) => fn.apply(thisArg, args),
      bind: (_context, target) => target,
      enable() {
        return this;
      },
      disable() {
        return this;
      },
    });
    try {
      const { id, observations } = await roundTrip(sampleRecord());
      expect(observations.filter((one) => one.parentObservationId === null)).toHaveLength(1);
      expect(id).not.toBe("f".repeat(32));
    } finally {
      context.disable();
    }
  });

  it("registers nothing globally", () => {
    expect(traceApi.getTracerProvider().getTracer("other").startSpan("other").isRecording()).toBe(false);
  });

  it("is sent in several bodies when it is large, and is still one trace", async () => {
    const long = "段落 ".repeat(300_000);
    const record = sampleRecord();
    const spans = record.spans.map((span) => ({ ...span, input: long }));
    const trace = await roundTrip({ ...record, spans });
    expect(trace.observations).toHaveLength(record.spans.length);
    expect(setup.receiver.requests().filter((line) => line.includes("otel")).length).toBeGreaterThan(1);
  });
});

describe("the link", () => {
  const look = (record: RunRecord) => {
    const exported = { state: "exported" as const, url: null, reason: null, observation_base: null };
    return setup.sink.checkVisible(record.request_id, exported);
  };

  it.each(["4.16.0", "3.170.0"])("becomes visible when a server %s shows the trace", async (version) => {
    await setup.close();
    setup = await startSinkSetup({}, { version });
    const record = sampleRecord();
    await roundTrip(record);
    const url = `https://langfuse.example/project/project-1/traces/${toTraceId(record.request_id)}`;
    expect(await look(record)).toEqual({
      state: "visible",
      url,
      reason: null,
      observation_base: `${url}?observation=`,
    });
    const routes = setup.receiver.requests().join("\n");
    expect(routes.includes("/v2/observations")).toBe(version.startsWith("4"));
  });

  it("stays exported, without an address, while no API shows the trace", async () => {
    setup.receiver.setHidden(true);
    const record = sampleRecord();
    await roundTrip(record);
    expect(await look(record)).toMatchObject({ state: "exported", url: null });
  });

  it("needs no question for a project that is configured", async () => {
    await setup.close();
    setup = await startSinkSetup({ projectId: "mine" });
    const record = sampleRecord();
    await roundTrip(record);
    expect((await look(record)).url).toContain("/project/mine/traces/");
    expect(setup.receiver.requests().some((line) => line.includes("projects"))).toBe(false);
  });

  it("asks version and project once for many links", async () => {
    for (let n = 0; n < 3; n += 1) {
      const record = sampleRecord();
      await roundTrip(record);
      await look(record);
    }
    const asked = setup.receiver.requests();
    expect(asked.filter((line) => line.endsWith("/health"))).toHaveLength(1);
    expect(asked.filter((line) => line.endsWith("/projects"))).toHaveLength(1);
  });

  it("is sampled out where only debugged runs are traced, and nothing is sent", async () => {
    await setup.close();
    setup = await startSinkSetup({ trace: "debug" });
    const record = sampleRecord();
    expect(setup.sink.initialLink(record.request_id, false)).toMatchObject({
      state: "sampled_out",
      url: null,
    });
    setup.sink.export({ record, userId: "u", debug: false }, () => {});
    await setup.sink.flush(1000);
    expect(setup.receiver.traces()).toEqual([]);
    expect(setup.sink.initialLink(record.request_id, true).state).toBe("pending");
  });

  it("is sampled out for the share that is not traced, and for its votes too", async () => {
    await setup.close();
    setup = await startSinkSetup({ sampleRate: 0 });
    const { request_id } = sampleRecord();
    expect(setup.sink.initialLink(request_id, true).state).toBe("sampled_out");
    const vote = { value: "up" as const, reasons: [], comment: null, at: 1 };
    expect(setup.sink.score(request_id, vote)).toBe("disabled");
  });
});

describe("off", () => {
  it.each([
    { changes: { enabled: false }, lines: 0 },
    { changes: { publicKey: null }, lines: 1 },
    { changes: { secretKey: "" }, lines: 1 },
  ])("opens no connection and says so in $lines line(s)", async ({ changes, lines }) => {
    await setup.close();
    setup = await startSinkSetup(changes);
    const record = sampleRecord();
    expect(exportRecord(setup.sink, record)).toEqual([]);
    expect(setup.sink.enabled).toBe(false);
    expect(setup.sink.initialLink(record.request_id, true).state).toBe("disabled");
    expect(setup.sink.score(record.request_id, null)).toBe("disabled");
    expect(setup.sink.health()).toEqual({ state: "disabled", version: null, reason: null });
    await setup.sink.flush(100);
    expect(setup.receiver.requests()).toEqual([]);
    expect(setup.log).toHaveLength(lines);
  });
});

describe("a burst", () => {
  const counts = () => setup.sink.counts();

  it("of 6,000 spans in 670 runs arrives whole and is counted right", async () => {
    const records = Array.from({ length: 670 }, () => sampleRecord({}, ["naive_rag_agent", "hybrid_agent"]));
    const before = performance.now();
    for (const record of records) exportRecord(setup.sink, record);
    expect(performance.now() - before).toBeLessThan(2000);
    expect((await counts()).pending).toBe(670);
    await eventually(async () => expect((await counts()).pending).toBe(0));
    expect(await counts()).toEqual({ exported: 670, failed: 0, pending: 0, dropped: 0 });
    const spans = records.reduce((sum, record) => sum + record.spans.length, 0);
    const arrived = setup.receiver.traces().reduce((sum, trace) => sum + trace.observations.length, 0);
    expect(arrived).toBe(spans);
    expect(spans).toBeGreaterThanOrEqual(6000);
  });

  it("of 6,000 spans in one run arrives whole", async () => {
    const record = sampleRecord();
    const [root] = record.spans;
    if (!root) throw new Error("no root");
    const more = Array.from({ length: 6000 }, (_, n) => ({
      ...root,
      kind: "retriever" as const,
      name: "bm25_search",
      span_id: (n + 1).toString(16).padStart(16, "0"),
      parent_span_id: root.span_id,
    }));
    const trace = await roundTrip({ ...record, spans: [...record.spans, ...more] });
    expect(trace.observations).toHaveLength(record.spans.length + 6000);
    await eventually(async () => expect((await counts()).exported).toBe(1));
  });

  it("beyond the queue's room is kept and comes later", async () => {
    await setup.close();
    setup = await startSinkSetup({ limits: { maxParcels: 50 } });
    const links = Array.from({ length: 200 }, () => exportRecord(setup.sink, sampleRecord()));
    expect(links.at(-1)?.at(-1)).toMatchObject({
      state: "failed",
      reason: "Too many traces are waiting for Langfuse",
    });
    await eventually(async () =>
      expect(await counts()).toEqual({ exported: 200, failed: 0, pending: 0, dropped: 0 }),
    );
    expect(setup.receiver.traces()).toHaveLength(200);
    expect(links.every((states) => states.at(-1)?.state === "exported")).toBe(true);
  });

  it("beyond what can be kept is dropped, said and counted; nothing is lost in silence", async () => {
    await setup.close();
    const buffer = createMemoryExportBuffer(runExports, {
      clock: systemClock,
      maxItems: 20,
      maxBytes: 64_000_000,
    });
    setup = await startSinkSetup({ buffer, limits: { maxParcels: 50, maxAttempts: 1, maxBytes: 10 } });
    const links = Array.from({ length: 200 }, () => exportRecord(setup.sink, sampleRecord()));
    await eventually(async () => {
      const { exported, failed, pending, dropped } = await counts();
      expect([exported, failed + pending, dropped]).toEqual([0, 20, 180]);
    });
    expect(links.every((states) => states.at(-1)?.state === "failed")).toBe(true);
  });
});

describe("state for operators", () => {
  it("is ok with the server's version, degraded while it does not work, ok again afterwards", async () => {
    await eventually(() =>
      expect(setup.sink.health()).toEqual({ state: "ok", version: "4.16.0", reason: null }),
    );
    setup.receiver.setFault({ kind: "status", status: 503 });
    const links = exportRecord(setup.sink, sampleRecord());
    await eventually(() => expect(links.at(-1)?.state).toBe("failed"));
    await eventually(() =>
      expect(setup.sink.health()).toMatchObject({
        state: "degraded",
        reason: "Langfuse failed on its side (503)",
      }),
    );
    setup.receiver.setFault(null);
    await roundTrip(sampleRecord());
    expect(setup.sink.health().state).toBe("ok");
  });

  it("finds out the server's version later where that did not say it at first", async () => {
    const receiver = await startOtlpReceiver();
    receiver.setFault({ kind: "status", status: 503 }, "all");
    const clock = createFakeClock();
    const other = await startSinkSetup({ host: receiver.url, clock });
    await eventually(() => expect(receiver.requests()).toHaveLength(2));
    receiver.setFault(null);
    const links = exportRecord(other.sink, sampleRecord());
    await eventually(() => expect(links.at(-1)?.state).toBe("exported"));
    expect(other.sink.health()).toMatchObject({ state: "ok", version: null });
    clock.advance(11_000);
    await eventually(() => expect(other.sink.health().version).toBe("4.16.0"));
    await other.close();
    await receiver.close();
  });

  it("is degraded from the start where nothing answers", async () => {
    const gone = await startOtlpReceiver();
    await gone.close();
    const other = await startSinkSetup({ host: gone.url });
    await eventually(() =>
      expect(other.sink.health()).toEqual({ state: "degraded", version: null, reason: null }),
    );
    await other.close();
  });
});

describe("flush", () => {
  it("sends what waits for its next try, at once", async () => {
    await setup.close();
    setup = await startSinkSetup({ limits: { firstDelayMs: 60_000, maxDelayMs: 60_000 } });
    setup.receiver.setFault({ kind: "status", status: 503 });
    const links = exportRecord(setup.sink, sampleRecord());
    await eventually(() => expect(links.at(-1)?.state).toBe("failed"));
    setup.receiver.setFault(null);
    await setup.sink.flush(5000);
    expect(links.at(-1)?.state).toBe("exported");
  });

  it("gives up at its limit", async () => {
    setup.receiver.setFault({ kind: "hang" });
    exportRecord(setup.sink, sampleRecord());
    const before = performance.now();
    await setup.sink.flush(50);
    expect(performance.now() - before).toBeLessThan(5000);
    expect((await setup.sink.counts()).pending).toBe(1);
  });

  it("does not wait for a server that is gone", async () => {
    await setup.close();
    setup = await startSinkSetup({
      host: "http://127.0.0.1:1",
      limits: { firstDelayMs: 60_000, maxDelayMs: 60_000 },
    });
    exportRecord(setup.sink, sampleRecord());
    const before = performance.now();
    await setup.sink.flush(10_000);
    expect(performance.now() - before).toBeLessThan(8000);
  });
});
