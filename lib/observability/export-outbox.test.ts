import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type OtlpReceiver, startOtlpReceiver } from "@/e2e/support/otlp-receiver";
import { systemClock } from "@/lib/domain/clock";
import type { TraceLink } from "@/lib/domain/trace-link";
import type { ExportBuffer } from "@/lib/store/export-buffer";
import { runExports } from "@/lib/store/export-codec";
import { createMemoryExportBuffer } from "@/lib/store/memory-export-buffer";
import { sampleRecord } from "./sample-record.fixture";
import type { TraceExport, TraceSink } from "./trace-sink";
import { eventually, exportRecord, startSinkSetup } from "./trace-sink.fixture";
import type { TraceSinkOptions } from "./trace-sink-options";

const LIMITS = { maxItems: 1000, maxBytes: 64_000_000 };

let receiver: OtlpReceiver;
let buffer: ExportBuffer<TraceExport>;
let sinks: TraceSink[];
beforeEach(async () => {
  receiver = await startOtlpReceiver();
  buffer = createMemoryExportBuffer(runExports, { clock: systemClock, ...LIMITS });
  sinks = [];
});
afterEach(async () => {
  for (const sink of sinks) await sink.close();
  await receiver.close();
});

/** One of the processes that share a buffer and a server. */
async function startProcess(changes: Partial<TraceSinkOptions> = {}): Promise<TraceSink> {
  const setup = await startSinkSetup({ host: receiver.url, buffer, ...changes });
  await setup.receiver.close();
  sinks.push(setup.sink);
  return setup.sink;
}

const sent = () => receiver.requests().filter((line) => line.includes("otel")).length;
const waiting = (record = sampleRecord()) => ({ record, userId: "browser-hash", debug: true });

describe("what a process left behind", () => {
  it("is sent by the next one, whose link says so", async () => {
    const run = waiting();
    await buffer.put(run, 0);
    const heard: [string, TraceLink][] = [];
    const sink = await startProcess({ onLink: (requestId, link) => heard.push([requestId, link]) });
    await eventually(async () =>
      expect(await sink.counts()).toEqual({ exported: 1, failed: 0, pending: 0, dropped: 0 }),
    );
    expect(heard).toEqual([[run.record.request_id, expect.objectContaining({ state: "exported" })]]);
    expect(receiver.traces()).toHaveLength(1);
  });

  it("is sent once, however many processes there are", async () => {
    for (let n = 0; n < 40; n += 1) await buffer.put(waiting(), 0);
    await Promise.all([startProcess(), startProcess(), startProcess()]);
    await eventually(async () => expect(await buffer.counts()).toEqual({ pending: 0, failed: 0 }));
    expect([receiver.traces().length, sent()]).toEqual([40, 40]);
  });

  it("is free at once when the process ended in order", async () => {
    receiver.setFault({ kind: "status", status: 503 });
    const limits = { holdMs: 60_000, firstDelayMs: 60_000, maxDelayMs: 60_000 };
    const first = await startProcess({ limits });
    const links = exportRecord(first, sampleRecord());
    await eventually(() => expect(links.at(-1)?.state).toBe("failed"));
    await first.close();
    receiver.setFault(null);
    const second = await startProcess();
    await eventually(async () => expect((await second.counts()).exported).toBe(1));
  });
});

describe("a run on its way", () => {
  it("is nobody else's, however long Langfuse hangs", async () => {
    receiver.setFault({ kind: "hang" });
    const limits = { holdMs: 300, watchMs: 50, exportTimeoutMs: 60_000 };
    exportRecord(await startProcess({ limits }), sampleRecord());
    await startProcess({ limits });
    const start = performance.now();
    await eventually(() => expect(performance.now() - start).toBeGreaterThan(1000));
    expect(sent()).toBe(1);
  });

  it("is sent once by a process that had no time to renew it", async () => {
    receiver.setFault({ kind: "hang" });
    const sink = await startProcess({ limits: { holdMs: 0, watchMs: 30, exportTimeoutMs: 60_000 } });
    exportRecord(sink, sampleRecord());
    const start = performance.now();
    await eventually(() => expect(performance.now() - start).toBeGreaterThan(300));
    expect(sent()).toBe(1);
  });

  it("is not kept again when it is deleted while it is being kept", async () => {
    receiver.setFault({ kind: "hang" });
    const sink = await startProcess();
    const record = sampleRecord();
    exportRecord(sink, record);
    expect(await sink.discard(record.request_id)).toBe(true);
    await eventually(async () =>
      expect(await sink.counts()).toEqual({ exported: 0, failed: 0, pending: 0, dropped: 1 }),
    );
    expect(await buffer.counts()).toEqual({ pending: 0, failed: 0 });
  });

  it("is not sent any more once another process deleted it", async () => {
    receiver.setFault({ kind: "status", status: 503 });
    const limits = { firstDelayMs: 60_000, maxDelayMs: 60_000, maxAttempts: 1000 };
    const holder = await startProcess({ limits });
    const record = sampleRecord();
    const links = exportRecord(holder, record);
    await eventually(() => expect(links.at(-1)?.state).toBe("failed"));
    const other = await startProcess();
    expect(await other.discard(record.request_id)).toBe(true);
    expect(await other.counts()).toMatchObject({ pending: 0, dropped: 1 });
    await eventually(async () => {
      const before = sent();
      await holder.flush(1000);
      expect(sent()).toBe(before);
    });
    receiver.setFault(null);
    await holder.flush(1000);
    expect(await holder.counts()).toEqual({ exported: 0, failed: 0, pending: 0, dropped: 0 });
    expect(receiver.traces()).toEqual([]);
  });
});

describe("sending again", () => {
  it("does not wait for the run's time, and knows what does not wait at all", async () => {
    const retry = { firstDelayMs: 3_600_000, maxDelayMs: 3_600_000, maxTries: 9, maxRefusals: 9 };
    const sink = await startProcess({ limits: { maxAttempts: 1, retry } });
    receiver.setFault({ kind: "status", status: 401 });
    const [first, second] = [sampleRecord(), sampleRecord()];
    for (const record of [first, second]) exportRecord(sink, record);
    await eventually(async () => expect((await sink.counts()).failed).toBe(2));
    receiver.setFault({ kind: "status", status: 500 });
    expect(await sink.resend(first.request_id)).toBe(true);
    await eventually(() => expect(sent()).toBe(3));
    receiver.setFault(null);
    expect(await sink.resend(second.request_id)).toBe(true);
    await eventually(async () => expect((await sink.counts()).exported).toBe(2));
    expect(await sink.resend(second.request_id)).toBe(false);
    expect(await sink.resend(sampleRecord().request_id)).toBe(false);
  });

  it("hurries a run that rests between its first tries", async () => {
    const sink = await startProcess({ limits: { firstDelayMs: 60_000, maxDelayMs: 60_000 } });
    receiver.setFault({ kind: "status", status: 500 });
    const record = sampleRecord();
    const links = exportRecord(sink, record);
    await eventually(() => expect(links.at(-1)?.state).toBe("failed"));
    receiver.setFault(null);
    expect(await sink.resend(record.request_id)).toBe(true);
    await eventually(() => expect(links.at(-1)?.state).toBe("exported"));
  });
});

describe("a buffer that fails", () => {
  const broken: ExportBuffer<never> = {
    put: () => Promise.reject(new Error("broken")),
    renew: () => Promise.reject(new Error("broken")),
    fail: () => Promise.reject(new Error("broken")),
    remove: () => Promise.reject(new Error("broken")),
    discard: () => Promise.reject(new Error("broken")),
    claim: () => Promise.reject(new Error("broken")),
    hasten: () => Promise.reject(new Error("broken")),
    counts: () => Promise.reject(new Error("broken")),
  };

  it("stops no export, and what then cannot be kept is counted", async () => {
    const log: string[] = [];
    const sink = await startProcess({ buffer: broken, scoreBuffer: broken, log: (line) => log.push(line) });
    exportRecord(sink, sampleRecord());
    await eventually(async () => expect((await sink.counts()).exported).toBe(1));
    receiver.setFault({ kind: "status", status: 401 });
    exportRecord(sink, sampleRecord());
    await eventually(async () =>
      expect(await sink.counts()).toEqual({ exported: 1, failed: 0, pending: 0, dropped: 1 }),
    );
    expect(log.join()).toContain("what waits for Langfuse cannot be kept");
  });
});

describe("tried", () => {
  it("ends with the run's first try, whatever became of it, and hurries nothing", async () => {
    const sink = await startProcess({ limits: { firstDelayMs: 60_000, maxDelayMs: 60_000 } });
    receiver.setFault({ kind: "status", status: 500 });
    const record = sampleRecord();
    exportRecord(sink, record);
    await sink.tried(record.request_id, 60_000);
    await sink.tried(record.request_id, 60_000);
    await sink.tried(sampleRecord().request_id, 60_000);
    expect(sent()).toBe(1);
  });

  it("ends at its limit", async () => {
    const sink = await startProcess();
    receiver.setFault({ kind: "hang" });
    const record = sampleRecord();
    exportRecord(sink, record);
    await sink.tried(record.request_id, 50);
    expect((await sink.counts()).pending).toBe(1);
  });
});
