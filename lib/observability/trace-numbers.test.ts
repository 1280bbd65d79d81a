import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ReceivedTrace } from "@/e2e/support/otlp-decode";
import { answerQuestion } from "@/lib/chat/answer-question";
import {
  countingIds,
  manualClock,
  passage,
  ranked,
  scriptedModel,
  scriptedRetriever,
  testPorts,
  testQuestion,
} from "@/lib/chat/pipeline.fixture";
import type { RetrieverAgent } from "@/lib/domain/agent-names";
import { toTraceId } from "@/lib/domain/ids";
import type { RunRecord } from "@/lib/domain/run-record";
import { createStamper } from "@/lib/events/stamp";
import { emptyRecord, reduceRun } from "@/lib/run-view/reduce-run";
import { eventually, exportRecord, type SinkSetup, startSinkSetup } from "./trace-sink.fixture";

/** What a run of the real pipeline goes through. */
const KINDS = [
  "plain",
  "aborted",
  "failed",
  "several agents",
  "Chinese",
  "huge",
  "unpriced",
  "unreported",
] as const;
type Kind = (typeof KINDS)[number];

const RUNS = 56;
const AGENTS: readonly RetrieverAgent[] = ["naive_rag_agent", "hybrid_agent", "graph_agent"];

/** Numbers that differ from run to run and are the same every time. */
function numbersFrom(seed: number) {
  let state = seed * 2_654_435_761 + 1;
  return (most: number) => {
    state = (state * 48_271 + 11) % 2_147_483_647;
    return state % most;
  };
}

/** One run of the pipeline over a clock that its parts move; the record is the one that the sidebar folds. */
async function runOf(kind: Kind, seed: number): Promise<RunRecord> {
  const next = numbersFrom(seed);
  const clock = manualClock(1_700_000_000_000 + seed * 1000);
  const abort = new AbortController();
  const text = kind === "Chinese" ? "每位员工每年有二十八天年假。" : `Rule ${seed} holds for every employee.`;
  const found = ranked(
    passage("p1", kind === "huge" ? text.repeat(3000) : text),
    passage("p2", `${text} ${seed}`),
  );
  const retrievers = AGENTS.map((agent) =>
    scriptedRetriever(agent, async () => {
      clock.advance(next(40) + 0.25);
      if (kind === "several agents" && agent === "graph_agent") throw new Error("index is locked");
      return found;
    }),
  );
  const model = scriptedModel(async function* () {
    for (let n = 0; n < 3; n += 1) {
      clock.advance(next(300) + 0.125);
      yield { type: "text", text: `${text} [1] ` };
      if (kind === "aborted" && n === 1) abort.abort();
      abort.signal.throwIfAborted();
    }
    if (kind === "failed") throw new Error("the connection broke");
    const [prompt_tokens, completion_tokens] = [next(9000) + 1, next(900) + 1];
    const usage = { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
    yield {
      type: "end",
      finishReason: "stop",
      usage: kind === "unreported" ? null : usage,
      model: "test-model",
    };
  });
  const prices = { cost: () => (kind === "unpriced" ? null : (next(100_000) + 1) / 1e6) };
  const ids = countingIds();
  const request_id = `01890000-0000-7000-8000-${seed.toString(16).padStart(12, "0")}`;
  const question = testQuestion({
    request_id,
    message: kind === "Chinese" ? "年假有几天？" : "How many days?",
  });
  const ports = testPorts({ retrievers, model, prices, clock, ids });
  const stamp = createStamper(request_id, clock.now(), clock.monotonic);
  let record = emptyRecord(request_id);
  for await (const event of answerQuestion(question, ports, abort.signal)) {
    if (event.type !== "token") record = reduceRun(record, stamp(event));
  }
  return record;
}

/** The sidebar's summary, computed from nothing but what arrived at Langfuse. */
function numbersIn({ observations }: ReceivedTrace) {
  const generations = observations.filter(({ type }) => type === "generation");
  const usages = generations.map(({ usageDetails }) => usageDetails).filter((usage) => usage !== null);
  const sum = (kind: string) => usages.reduce((total, usage) => total + (usage[kind] ?? 0), 0);
  const costs = generations.map(({ costDetails }) => costDetails?.total ?? null);
  const root = observations.find(({ parentObservationId }) => parentObservationId === null);
  return {
    total_duration_ms: root ? round(root.endTime - root.startTime) : null,
    usage:
      usages.length === 0
        ? null
        : { prompt_tokens: sum("input"), completion_tokens: sum("output"), total_tokens: sum("total") },
    cost_usd: costs.includes(null) ? null : costs.reduce((total, cost) => (total ?? 0) + (cost ?? 0), 0),
    node_count: observations.length,
    error_count: observations.filter(({ level }) => level === "ERROR").length,
  };
}

const round = (ms: number) => Math.round(ms * 1000) / 1000;

describe("fifty and more runs", () => {
  let setup: SinkSetup;
  const pairs: { kind: Kind; record: RunRecord; trace: ReceivedTrace }[] = [];
  beforeAll(async () => {
    setup = await startSinkSetup();
    const runs = await Promise.all(
      Array.from({ length: RUNS }, async (_, seed) => {
        const kind = KINDS[seed % KINDS.length] ?? "plain";
        return { kind, record: await runOf(kind, seed + 1) };
      }),
    );
    for (const { record } of runs) exportRecord(setup.sink, record);
    await eventually(async () => expect((await setup.sink.counts()).exported).toBe(RUNS));
    for (const { kind, record } of runs) {
      const trace = setup.receiver.trace(toTraceId(record.request_id));
      if (trace) pairs.push({ kind, record, trace });
    }
  });
  afterAll(() => setup.close());

  it("are of every kind, and all of them arrive", () => {
    expect(pairs).toHaveLength(RUNS);
    const statuses = Object.groupBy(pairs, ({ record }) => record.status);
    expect(statuses.aborted?.every(({ kind }) => kind === "aborted")).toBe(true);
    expect(statuses.error?.every(({ kind }) => kind === "failed")).toBe(true);
    expect([statuses.aborted?.length, statuses.error?.length]).toEqual([RUNS / 8, RUNS / 8]);
  });

  it("have the same totals in the sidebar and in Langfuse", () => {
    for (const { kind, record, trace } of pairs) {
      const { total_duration_ms, usage, cost_usd, node_count, error_count } = record.performance_metrics;
      const shown = { total_duration_ms, usage, cost_usd, node_count, error_count };
      expect({ kind, ...numbersIn(trace) }).toEqual({ kind, ...shown });
    }
  });

  it("have the same numbers in every row of the tree", () => {
    for (const { record, trace } of pairs) {
      const rows = record.spans.map(({ span_id, name, offset_ms, duration_ms }) => [
        span_id,
        name,
        round(offset_ms),
        duration_ms === null ? null : round(duration_ms),
      ]);
      const observed = trace.observations.map(({ id, name, startTime, endTime }) => [
        id,
        name,
        round(startTime - record.started_at),
        round(endTime - startTime),
      ]);
      expect(observed.toSorted()).toEqual(rows.toSorted());
    }
  });

  it("have the same model, tokens, cost and first token in every generation", () => {
    for (const { record, trace } of pairs) {
      for (const { span_id, model, usage, cost_usd, ttft_ms } of record.generations) {
        const shown = trace.observations.find(({ id }) => id === span_id);
        expect(shown).toMatchObject({ type: "generation", model });
        expect(shown?.usageDetails).toEqual(
          usage && { input: usage.prompt_tokens, output: usage.completion_tokens, total: usage.total_tokens },
        );
        expect(shown?.costDetails).toEqual(cost_usd === null ? null : { total: cost_usd });
        // The SDK writes the first token's time in whole milliseconds.
        const firstToken = shown && ttft_ms !== null ? Math.floor(shown.startTime + ttft_ms) : null;
        expect(shown?.completionStartTime).toBe(firstToken);
      }
    }
  });

  it("have the same retrieval in every agent's observation", () => {
    for (const { kind, record, trace } of pairs) {
      const retrievers = trace.observations.filter(({ type }) => type === "retriever");
      expect(retrievers).toHaveLength(record.rag_runs.length);
      for (const { span_id, retrieval_count, agent_type, error, results } of record.rag_runs) {
        const shown = retrievers.find(({ id }) => id === span_id);
        expect(shown?.metadata).toMatchObject({ agent_type, retrieval_count: String(retrieval_count) });
        expect(JSON.parse(shown?.output ?? "null")).toEqual(results);
        expect(shown?.level).toBe(error === null ? "DEFAULT" : "ERROR");
      }
      if (kind === "several agents") expect(retrievers.some(({ level }) => level === "ERROR")).toBe(true);
    }
  });
});
