import { afterEach, describe, expect, it } from "vitest";
import type { RunRecord } from "@/lib/domain/run-record";
import { createStamper } from "@/lib/events/stamp";
import { openTestLangfuse } from "@/lib/observability/langfuse.fixture";
import { sampleRecord } from "@/lib/observability/sample-record.fixture";
import { eventually, exportRecord, startSinkSetup } from "@/lib/observability/trace-sink.fixture";
import { measureRun } from "@/lib/run-view/measure-run";
import { toEvents } from "@/lib/run-view/to-events";
import { createMemoryRunStore } from "@/lib/store/memory-run-store";
import { toRunSummary } from "@/lib/store/to-run-summary";
import { type InsightsPorts, readInsights } from "./read-insights";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const NOW = Date.parse("2026-11-26T10:00:00Z");
const HOUR = 3_600_000;
const clock = { now: () => NOW, monotonic: () => 0 };

/** Runs as a pipeline leaves them: whole milliseconds, figures that were measured. */
function runOf(n: number, changes: Partial<RunRecord> = {}): RunRecord {
  const sample = sampleRecord({
    request_id: `01900000-0000-7000-8000-${String(n).padStart(12, "0")}`,
    started_at: NOW - n * 60_000,
    ...changes,
  });
  const spans = sample.spans.map((span) => ({
    ...span,
    offset_ms: Math.round(span.offset_ms),
    duration_ms: Math.round((span.duration_ms ?? 0) * (1 + n / 10)),
  }));
  const root = spans.find(({ kind }) => kind === "request");
  const generations = sample.generations.map((one) => ({
    ...one,
    ttft_ms: Math.round((one.ttft_ms ?? 0) + n),
  }));
  const { kb_prefix } = sample;
  const route_decision = sample.route_decision && { ...sample.route_decision, kb_prefix };
  const record = { ...sample, route_decision, spans, generations };
  const total_duration_ms = root?.duration_ms ?? null;
  return { ...record, performance_metrics: { ...measureRun(record), total_duration_ms } };
}

const failed = (record: RunRecord): RunRecord => ({
  ...record,
  status: "error",
  spans: record.spans.map((span) => (span.kind === "request" ? { ...span, status: "error" as const } : span)),
});

const vote = (value: "up" | "down") => ({ value, reasons: [], comment: null, at: 1 });

const all = [
  runOf(1, { agent_type: "auto" }),
  runOf(2, { kb_prefix: "hr", agent_type: "graph_agent", feedback: vote("down") }),
  failed(runOf(3, { agent_type: "hybrid_agent" })),
  runOf(4, { agent_type: "auto", feedback: vote("up") }),
  runOf(30),
];

async function storeOf(records: readonly RunRecord[]) {
  const runs = createMemoryRunStore({ clock, ttlSeconds: 3600, maxRuns: 99, maxBytes: 1e8 });
  for (const record of records) {
    const { request_id, session_id, status, started_at, feedback } = record;
    const stamp = createStamper(request_id, started_at, () => 0);
    const head = { session_id, status, started_at, truncated: 0, dropped: 0, payloads: [] };
    await runs.append({ request_id, ...head }, toEvents(record).map(stamp));
    await runs.putSummary(toRunSummary(record));
    await runs.patchFacts(request_id, { feedback });
  }
  return runs;
}

async function portsOf(records: readonly RunRecord[], changes: Partial<InsightsPorts> = {}) {
  const base = {
    title: "",
    description: "",
    keywords: [],
    suggested: [],
    documents: 1,
    passages: 1,
    updated_at: 0,
  };
  const prefixes = [...new Set(records.map(({ kb_prefix }) => kb_prefix))];
  const ports: InsightsPorts = {
    metrics: null,
    runs: await storeOf(records),
    storeMs: HOUR,
    index: { knowledgeBases: async () => prefixes.map((prefix) => ({ ...base, prefix })) },
    prices: { cost: () => 1 },
    clock,
  };
  return { ...ports, ...changes };
}

async function startServer(version: string, records: readonly RunRecord[]) {
  const setup = await startSinkSetup({}, { version });
  closing.push(setup.close);
  for (const record of records) {
    const links = exportRecord(setup.sink, record);
    await eventually(() => expect(links.at(-1)?.state).toBe("exported"));
    if (record.feedback) setup.sink.score(record.request_id, record.feedback);
  }
  const votes = records.filter(({ feedback }) => feedback !== null);
  await eventually(() => expect(setup.receiver.scores().size).toBe(votes.length));
  return setup;
}

/** Where the figures are from makes no difference to them. */
const figuresOf = ({ source: _source, ...insights }: Awaited<ReturnType<typeof readInsights>>) => insights;

describe("insights", () => {
  it.each(["3.120.0", "4.16.0"])("of Langfuse %s are those of the debug store", async (version) => {
    const { receiver } = await startServer(version, all);
    const { metrics } = openTestLangfuse(receiver);
    const ports = await portsOf(all);
    const stored = await readInsights(HOUR, ports);
    const traced = await readInsights(HOUR, { ...ports, metrics });
    expect([stored.source, traced.source]).toEqual(["store", "langfuse"]);
    expect(stored).toMatchObject({ requests: 5, errors: 1, thumbs: { up: 1, down: 1 }, complete: true });
    expect(stored.routes?.length).toBeGreaterThan(2);
    expect(figuresOf(traced)).toEqual(figuresOf(stored));
  });

  it("of a shorter time leave out what was before", async () => {
    const ports = await portsOf(all);
    expect((await readInsights(20 * 60_000, ports)).requests).toBe(4);
    const { receiver } = await startServer("4.16.0", all);
    const { metrics } = openTestLangfuse(receiver);
    expect((await readInsights(20 * 60_000, { ...ports, metrics })).requests).toBe(4);
  });

  it("without Langfuse reach back as far as the debug store", async () => {
    const insights = await readInsights(7 * 24 * HOUR, await portsOf(all));
    expect([insights.from, insights.to]).toEqual([NOW - HOUR, NOW]);
  });

  it("come from the debug store when Langfuse does not answer, and say why", async () => {
    const { receiver } = await startServer("4.16.0", []);
    const { metrics } = openTestLangfuse(receiver);
    receiver.setFault({ kind: "status", status: 503 }, "all");
    const insights = await readInsights(HOUR, await portsOf(all, { metrics }));
    const fallback_reason = "Langfuse failed on its side (503).";
    expect(insights).toMatchObject({ source: "store", fallback_reason, requests: 5 });
  });

  it("take a sum of 0 for a cost only where the model is known to be free", async () => {
    const free = all.map((record) => ({
      ...record,
      generations: record.generations.map((one) => ({ ...one, cost_usd: 0 })),
    }));
    const { receiver } = await startServer("4.16.0", free);
    const { metrics } = openTestLangfuse(receiver);
    const known = await readInsights(HOUR, await portsOf(free, { metrics, prices: { cost: () => 0 } }));
    const unknown = await readInsights(HOUR, await portsOf(free, { metrics, prices: { cost: () => null } }));
    expect([known.cost_usd, unknown.cost_usd]).toEqual([0, null]);
  });

  it("count neither runs that go on nor imported ones", async () => {
    const running = { ...runOf(5), status: "running" as const };
    const imported = { ...runOf(6), request_id: `import-${runOf(6).request_id}` };
    expect((await readInsights(HOUR, await portsOf([...all, running, imported]))).requests).toBe(5);
  });
});
