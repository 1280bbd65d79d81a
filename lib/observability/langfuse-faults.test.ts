import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Fault } from "@/e2e/support/receiver-fault";
import type { TraceLink } from "@/lib/domain/trace-link";
import { sampleRecord } from "./sample-record.fixture";
import { eventually, exportRecord, type SinkSetup, startSinkSetup } from "./trace-sink.fixture";

interface FaultRow {
  name: string;
  fault: Fault;
  reason: string;
  /** Whether a run that met the fault is exported once it is over. */
  comesBack: boolean;
}

const rows: FaultRow[] = [
  {
    name: "wrong keys",
    fault: { kind: "status", status: 401 },
    reason: "Langfuse refused the keys (401)",
    comesBack: false,
  },
  {
    name: "no right",
    fault: { kind: "status", status: 403 },
    reason: "Langfuse does not allow this (403)",
    comesBack: false,
  },
  {
    name: "wrong address",
    fault: { kind: "status", status: 404 },
    reason: "Langfuse's API was not found at this address (404)",
    comesBack: false,
  },
  {
    name: "a redirect",
    fault: { kind: "status", status: 302 },
    reason: "Langfuse's API was not found at this address (302)",
    comesBack: false,
  },
  {
    name: "too large",
    fault: { kind: "status", status: 413 },
    reason: "The trace is too large for Langfuse (413)",
    comesBack: false,
  },
  {
    name: "rejected",
    fault: { kind: "status", status: 400 },
    reason: "Langfuse rejected it (400)",
    comesBack: false,
  },
  {
    name: "too many requests",
    fault: { kind: "status", status: 429, retryAfterSeconds: 1 },
    reason: "Langfuse takes no more for now (429)",
    comesBack: true,
  },
  {
    name: "an error of the server",
    fault: { kind: "status", status: 500 },
    reason: "Langfuse failed on its side (500)",
    comesBack: true,
  },
  {
    name: "a gateway's error",
    fault: { kind: "status", status: 503 },
    reason: "Langfuse failed on its side (503)",
    comesBack: true,
  },
  { name: "no answer", fault: { kind: "hang" }, reason: "Langfuse did not answer in time", comesBack: true },
  {
    name: "a late answer",
    fault: { kind: "slow", ms: 600 },
    reason: "Langfuse did not answer in time",
    comesBack: true,
  },
  {
    name: "garbage",
    fault: { kind: "garbage" },
    reason: "Langfuse answered something that is not Langfuse's; check the address",
    comesBack: true,
  },
];

let setup: SinkSetup;
beforeEach(async () => {
  setup = await startSinkSetup({ limits: { maxAttempts: 1000, exportTimeoutMs: 400 } });
});
afterEach(() => setup.close());

const last = (links: readonly TraceLink[]) => links.at(-1);

describe.each(rows)("Langfuse with $name", ({ fault, reason, comesBack }) => {
  it("delays no export, says failed and why, and works again afterwards", async () => {
    setup.receiver.setFault(fault);
    const before = performance.now();
    const links = exportRecord(setup.sink, sampleRecord());
    expect(performance.now() - before).toBeLessThan(250);
    await eventually(() => expect(last(links)?.state).toBe("failed"));
    expect(last(links)).toEqual({ state: "failed", url: null, reason, observation_base: null });

    setup.receiver.setFault(null);
    const record = sampleRecord();
    const next = exportRecord(setup.sink, record);
    await eventually(() => expect(last(next)?.state).toBe("exported"));
    const link = last(next);
    expect(link && (await setup.sink.checkVisible(record.request_id, link)).state).toBe("visible");
    if (comesBack) await eventually(() => expect(last(links)?.state).toBe("exported"));
    else expect(last(links)?.state).toBe("failed");
    expect(setup.sink.counts()).toMatchObject({ pending: 0, dropped: 0, failed: comesBack ? 0 : 1 });
  });
});

describe("a fault", () => {
  it("is tried a bounded number of times, then the run counts as failed", async () => {
    await setup.close();
    setup = await startSinkSetup();
    setup.receiver.setFault({ kind: "status", status: 500 });
    exportRecord(setup.sink, sampleRecord());
    await eventually(() => expect(setup.sink.counts().failed).toBe(1));
    expect(setup.receiver.requests().filter((line) => line.includes("otel"))).toHaveLength(4);
    expect(setup.sink.counts()).toEqual({ exported: 0, failed: 1, pending: 0, dropped: 0 });
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
    await eventually(() => expect(setup.sink.counts().exported).toBe(3));
    expect(setup.log).toHaveLength(2);
    expect(setup.log.join()).not.toMatch(/127\.0\.0\.1|lf-test/);
  });

  it("in whoever hears of the link stops no delivery", async () => {
    const record = sampleRecord();
    setup.sink.export({ record, userId: "u", debug: true }, () => {
      throw new Error("listener");
    });
    await eventually(() => expect(setup.sink.counts().exported).toBe(1));
  });

  it("in whoever hears of the link does not come back to whoever exports", async () => {
    await setup.close();
    setup = await startSinkSetup({ limits: { maxParcels: 0 } });
    const listener = () => {
      throw new Error("listener");
    };
    setup.sink.export({ record: sampleRecord(), userId: "u", debug: true }, listener);
    expect(setup.sink.counts().dropped).toBe(1);
    expect(setup.log).toContain("The state of a Langfuse link could not be kept.");
  });

  it("in a record that cannot be written is a failure, not a throw", async () => {
    const links = exportRecord(setup.sink, sampleRecord({ request_id: "import-1" }));
    await eventually(() => expect(last(links)?.state).toBe("failed"));
    expect(setup.sink.counts().failed).toBe(1);
  });
});

describe("a deleted run", () => {
  const sent = () => setup.receiver.requests().filter((line) => line.includes("otel")).length;

  it("that waits for its next try is not sent any more", async () => {
    await setup.close();
    setup = await startSinkSetup({ limits: { firstDelayMs: 60_000, maxDelayMs: 60_000 } });
    setup.receiver.setFault({ kind: "status", status: 503 });
    const record = sampleRecord();
    const links = exportRecord(setup.sink, record);
    await eventually(() => expect(last(links)?.state).toBe("failed"));
    setup.receiver.setFault(null);
    setup.sink.discard(record.request_id);
    await setup.sink.flush(1000);
    await eventually(() =>
      expect(setup.sink.counts()).toEqual({ exported: 0, failed: 0, pending: 0, dropped: 1 }),
    );
    expect(sent()).toBe(1);
    expect(setup.receiver.traces()).toEqual([]);
    expect(setup.log).toHaveLength(1);
  });

  it("that is not encoded yet is not sent at all", async () => {
    const record = sampleRecord();
    exportRecord(setup.sink, record);
    setup.sink.discard(record.request_id);
    await eventually(() => expect(setup.sink.counts().dropped).toBe(1));
    expect(sent()).toBe(0);
  });

  it("that is unknown or gone already is no matter", async () => {
    const record = sampleRecord();
    const links = exportRecord(setup.sink, record);
    await eventually(() => expect(last(links)?.state).toBe("exported"));
    setup.sink.discard(record.request_id);
    expect(setup.sink.counts()).toEqual({ exported: 1, failed: 0, pending: 0, dropped: 0 });
  });
});
