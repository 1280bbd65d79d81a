import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Fault } from "@/e2e/support/receiver-fault";
import { toTraceId } from "@/lib/domain/ids";
import type { TraceLink } from "@/lib/domain/trace-link";
import { sampleRecord } from "./sample-record.fixture";
import { eventually, exportRecord, type SinkSetup, startSinkSetup } from "./trace-sink.fixture";

interface FaultRow {
  name: string;
  fault: Fault;
  reason: string;
}

const rows: FaultRow[] = [
  {
    name: "wrong keys",
    fault: { kind: "status", status: 401 },
    reason: "Langfuse refused the keys (401)",
  },
  {
    name: "no right",
    fault: { kind: "status", status: 403 },
    reason: "Langfuse does not allow this (403)",
  },
  {
    name: "wrong address",
    fault: { kind: "status", status: 404 },
    reason: "Langfuse's API was not found at this address (404)",
  },
  {
    name: "a redirect",
    fault: { kind: "status", status: 302 },
    reason: "Langfuse's API was not found at this address (302)",
  },
  {
    name: "too large",
    fault: { kind: "status", status: 413 },
    reason: "The trace is too large for Langfuse (413)",
  },
  {
    name: "rejected",
    fault: { kind: "status", status: 400 },
    reason: "Langfuse rejected it (400)",
  },
  {
    name: "too many requests",
    fault: { kind: "status", status: 429, retryAfterSeconds: 1 },
    reason: "Langfuse takes no more for now (429)",
  },
  {
    name: "an error of the server",
    fault: { kind: "status", status: 500 },
    reason: "Langfuse failed on its side (500)",
  },
  {
    name: "a gateway's error",
    fault: { kind: "status", status: 503 },
    reason: "Langfuse failed on its side (503)",
  },
  {
    name: "errors beside a success",
    fault: { kind: "multi", errors: 2 },
    reason: "Langfuse took not all of it: 2 errors (207)",
  },
  { name: "no answer", fault: { kind: "hang" }, reason: "Langfuse did not answer in time" },
  {
    name: "a late answer",
    fault: { kind: "slow", ms: 600 },
    reason: "Langfuse did not answer in time",
  },
  {
    name: "garbage",
    fault: { kind: "garbage" },
    reason: "Langfuse answered something that is not Langfuse's; check the address",
  },
];

/** Nothing is given up. */
const patient = { firstDelayMs: 20, maxDelayMs: 50, maxTries: 1000, maxRefusals: 1000 };

let setup: SinkSetup;
beforeEach(async () => {
  setup = await startSinkSetup({ limits: { maxAttempts: 3, exportTimeoutMs: 400, retry: patient } });
});
afterEach(() => setup.close());

const sent = () => setup.receiver.requests().filter((line) => line.includes("otel")).length;
const last = (links: readonly TraceLink[]) => links.at(-1);

describe.each(rows)("Langfuse with $name", ({ fault, reason }) => {
  it("delays no export, says failed and why, and gets all of it afterwards, once", async () => {
    setup.receiver.setFault(fault);
    const before = performance.now();
    const met = sampleRecord();
    const links = exportRecord(setup.sink, met);
    expect(performance.now() - before).toBeLessThan(250);
    await eventually(() => expect(last(links)?.state).toBe("failed"));
    expect(last(links)).toEqual({ state: "failed", url: null, reason, observation_base: null });

    setup.receiver.setFault(null);
    const record = sampleRecord();
    const next = exportRecord(setup.sink, record);
    await eventually(() => expect(last(next)?.state).toBe("exported"));
    const link = last(next);
    expect(link && (await setup.sink.checkVisible(record.request_id, link)).state).toBe("visible");
    await eventually(() => expect(last(links)?.state).toBe("exported"));
    expect(setup.receiver.trace(toTraceId(met.request_id))?.observations).toHaveLength(met.spans.length);
    await eventually(async () =>
      expect(await setup.sink.counts()).toEqual({ exported: 2, failed: 0, pending: 0, dropped: 0 }),
    );
  });
});

describe("a fault", () => {
  it("that lasts leaves a run failed and kept; after so many tries it is dropped and counted", async () => {
    await setup.close();
    const retry = { firstDelayMs: 20, maxDelayMs: 40, maxTries: 4, maxRefusals: 2 };
    setup = await startSinkSetup({ limits: { maxAttempts: 2, retry } });
    setup.receiver.setFault({ kind: "status", status: 500 });
    const links = exportRecord(setup.sink, sampleRecord());
    await eventually(async () => expect((await setup.sink.counts()).failed).toBe(1));
    await eventually(async () =>
      expect(await setup.sink.counts()).toEqual({ exported: 0, failed: 0, pending: 0, dropped: 1 }),
    );
    expect(last(links)?.reason).toBe("Langfuse failed on its side (500); given up after 4 tries");
    expect(sent()).toBe(2 + 3);
  });

  it("of a single run gives that up sooner", async () => {
    await setup.close();
    const retry = { firstDelayMs: 20, maxDelayMs: 40, maxTries: 4, maxRefusals: 2 };
    setup = await startSinkSetup({ limits: { retry } });
    setup.receiver.setFault({ kind: "status", status: 400 });
    exportRecord(setup.sink, sampleRecord());
    await eventually(async () => expect((await setup.sink.counts()).dropped).toBe(1));
    expect(sent()).toBe(2);
  });

  it("that is over lets the runs come at once that had hours to wait, as soon as one is taken", async () => {
    await setup.close();
    const retry = { ...patient, firstDelayMs: 3_600_000, maxDelayMs: 3_600_000 };
    setup = await startSinkSetup({ limits: { maxAttempts: 1, retry } });
    setup.receiver.setFault({ kind: "status", status: 401 });
    const waiting = Array.from({ length: 30 }, () => exportRecord(setup.sink, sampleRecord()));
    await eventually(async () => expect((await setup.sink.counts()).failed).toBe(30));
    setup.receiver.setFault(null);
    exportRecord(setup.sink, sampleRecord());
    await eventually(() => expect(waiting.every((links) => last(links)?.state === "exported")).toBe(true));
    expect(sent()).toBe(30 + 31);
  });

  it("that lasts costs one request at a time, however many runs wait", async () => {
    await setup.close();
    setup = await startSinkSetup({
      limits: { maxAttempts: 1, watchMs: 60_000, retry: { ...patient, firstDelayMs: 1 } },
    });
    setup.receiver.setFault({ kind: "status", status: 500 });
    const records = Array.from({ length: 30 }, () => sampleRecord());
    for (const record of records) exportRecord(setup.sink, record);
    await eventually(async () => expect((await setup.sink.counts()).failed).toBe(30));
    const before = sent();
    await setup.sink.resend(records[0]?.request_id ?? "");
    await eventually(() => expect(sent()).toBe(before + 1));
    await setup.sink.flush(1000);
    expect(sent()).toBe(before + 1);
  });

  it("that takes part of a trace leaves it exported and says what is missing, also when it is visible", async () => {
    setup.receiver.setFault({ kind: "partial", rejected: 2 });
    const record = sampleRecord();
    const links = exportRecord(setup.sink, record);
    await eventually(() => expect(last(links)?.state).toBe("exported"));
    const reason = `Langfuse rejected 2 of ${record.spans.length} observations`;
    const link = last(links);
    expect(link?.reason).toBe(reason);
    expect(link && (await setup.sink.checkVisible(record.request_id, link))).toMatchObject({
      state: "visible",
      reason,
    });
  });

  it("that takes nothing of a trace is a failure", async () => {
    setup.receiver.setFault({ kind: "partial", rejected: 1000 });
    const links = exportRecord(setup.sink, sampleRecord());
    await eventually(() => expect(last(links)?.state).toBe("failed"));
  });

  it("that lasts is one line in the log, and its end another; neither names host or keys", async () => {
    setup.receiver.setFault({ kind: "status", status: 500 });
    const links = [1, 2, 3].map(() => exportRecord(setup.sink, sampleRecord()));
    await eventually(() => expect(links.every((states) => last(states)?.state === "failed")).toBe(true));
    setup.receiver.setFault(null);
    await eventually(async () => expect((await setup.sink.counts()).exported).toBe(3));
    expect(setup.log).toHaveLength(2);
    expect(setup.log.join()).not.toMatch(/127\.0\.0\.1|lf-test/);
  });

  it("in whoever hears of the link stops no delivery", async () => {
    const record = sampleRecord();
    setup.sink.export({ record, userId: "u", debug: true }, () => {
      throw new Error("listener");
    });
    await eventually(async () => expect((await setup.sink.counts()).exported).toBe(1));
  });

  it("in whoever hears of the link does not come back to whoever exports", async () => {
    await setup.close();
    setup = await startSinkSetup({ limits: { maxParcels: 0, maxAttempts: 1 } });
    const listener = () => {
      throw new Error("listener");
    };
    setup.sink.export({ record: sampleRecord(), userId: "u", debug: true }, listener);
    expect(setup.log).toContain("The state of a Langfuse link could not be kept.");
  });

  it("in a record that cannot be written is a failure, not a throw", async () => {
    await setup.close();
    setup = await startSinkSetup();
    const links = exportRecord(setup.sink, sampleRecord({ request_id: "import-1" }));
    await eventually(async () => expect((await setup.sink.counts()).dropped).toBe(1));
    expect(last(links)).toMatchObject({
      state: "failed",
      reason: "The trace could not be written; given up after 3 tries",
    });
  });
});

describe("a deleted run", () => {
  it("that waits for its next try is not sent any more", async () => {
    await setup.close();
    setup = await startSinkSetup({ limits: { firstDelayMs: 60_000, maxDelayMs: 60_000 } });
    setup.receiver.setFault({ kind: "status", status: 503 });
    const record = sampleRecord();
    const links = exportRecord(setup.sink, record);
    await eventually(() => expect(last(links)?.state).toBe("failed"));
    setup.receiver.setFault(null);
    expect(await setup.sink.discard(record.request_id)).toBe(true);
    await setup.sink.flush(1000);
    expect(await setup.sink.counts()).toEqual({ exported: 0, failed: 0, pending: 0, dropped: 1 });
    expect(sent()).toBe(1);
    expect(setup.receiver.traces()).toEqual([]);
    expect(setup.log).toHaveLength(1);
  });

  it("that is not encoded yet is not sent at all", async () => {
    const record = sampleRecord();
    exportRecord(setup.sink, record);
    expect(await setup.sink.discard(record.request_id)).toBe(true);
    await setup.sink.flush(1000);
    expect(await setup.sink.counts()).toEqual({ exported: 0, failed: 0, pending: 0, dropped: 1 });
    expect(sent()).toBe(0);
  });

  it("that is unknown or gone already is no matter", async () => {
    const record = sampleRecord();
    const links = exportRecord(setup.sink, record);
    await eventually(() => expect(last(links)?.state).toBe("exported"));
    await eventually(async () => expect((await setup.sink.counts()).exported).toBe(1));
    expect(await setup.sink.discard(record.request_id)).toBe(false);
    expect(await setup.sink.counts()).toEqual({ exported: 1, failed: 0, pending: 0, dropped: 0 });
  });
});
