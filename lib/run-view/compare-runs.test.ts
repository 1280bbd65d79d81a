import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RunRecord } from "@/lib/domain/run-record";
import { GROUNDED_PROMPT } from "@/lib/domain/system-prompt";
import { arbitraryRecord } from "@/lib/observability/arbitrary-record.fixture";
import { type CompareView, compareRuns } from "./compare-runs";
import { sampleEvents, sampleRecord } from "./run-record.fixture";

/** The same run with its answer prompt's system message replaced. */
function withSystemPrompt(record: RunRecord, content: string): RunRecord {
  const part = { origin: "system" as const, passage_id: null, start: 0, end: content.length, tokens: 1 };
  const generations = record.generations.map((generation) => ({
    ...generation,
    messages: generation.messages.map((message) =>
      message.role === "system" ? { ...message, content, parts: [part] } : message,
    ),
  }));
  return { ...record, generations };
}

/** The same run with fewer passages in the prompt. */
function withFewerPassages(record: RunRecord, kept: number): RunRecord {
  if (!record.context) throw new Error("the sample has a context");
  const passages = record.context.passages.map((passage) => {
    const n = passage.position <= kept ? passage.position : null;
    return n === null
      ? { ...passage, n, state: "dropped" as const, reason: "top_k" as const, cited: false }
      : passage;
  });
  return { ...record, context: { ...record.context, passages } };
}

const mirrorMetric = (metric: CompareView["metrics"][number]) => ({
  name: metric.name,
  a: metric.b,
  b: metric.a,
  delta: metric.delta === null ? null : 0 - metric.delta,
  tone: { better: "worse", worse: "better", neutral: "neutral" }[metric.tone],
});
const withoutRatio = ({ ratio: _ratio, ...metric }: CompareView["metrics"][number]) => metric;
const swapSides = <T extends { a: unknown; b: unknown }>(pair: T) => ({ ...pair, a: pair.b, b: pair.a });

describe("two runs compared", () => {
  it("are identical when they are the same run, whatever it is", () => {
    fc.assert(
      fc.property(arbitraryRecord, (run) => {
        expect(compareRuns(run, run).identical).toBe(true);
      }),
    );
  });

  it("are compared as far as they go, at any moment of either", () => {
    const until = fc.integer({ min: 0, max: sampleEvents.length });
    fc.assert(
      fc.property(until, until, (a, b) => {
        const view = compareRuns(sampleRecord(a), sampleRecord(b));
        expect(view.metrics.every(({ delta }) => delta === null || Number.isFinite(delta))).toBe(true);
      }),
    );
  });

  it("mirror one another when they are swapped", () => {
    fc.assert(
      fc.property(arbitraryRecord, arbitraryRecord, (a, b) => {
        const there = compareRuns(a, b);
        const back = compareRuns(b, a);
        expect(back.identical).toBe(there.identical);
        expect(back.metrics.map(withoutRatio)).toEqual(there.metrics.map(mirrorMetric));
        expect(back.settings).toEqual(there.settings.map(swapSides));
        expect(back.route).toEqual(there.route.map(swapSides));
        expect(back.passages.only_in_a).toEqual(there.passages.only_in_b);
        expect(back.passages.only_in_b).toEqual(there.passages.only_in_a);
        expect(back.prompt.map(({ state }) => state).filter((state) => state === "only_in_a").length).toBe(
          there.prompt.map(({ state }) => state).filter((state) => state === "only_in_b").length,
        );
      }),
      { numRuns: 40 },
    );
  });

  it("are identical although each took its own time", () => {
    const run = sampleRecord();
    const slower = {
      ...run,
      request_id: "other",
      performance_metrics: { ...run.performance_metrics, ttft_ms: 900 },
    };
    expect(compareRuns(run, slower).identical).toBe(true);
  });

  it("say what is worse and better, and take no side where there is none", () => {
    const a = sampleRecord();
    const metrics = { ...a.performance_metrics, total_duration_ms: 1860, cost_usd: 0.0003 };
    const b = withFewerPassages(
      { ...a, performance_metrics: metrics, citations: a.citations.slice(0, 1) },
      5,
    );
    const by = Object.fromEntries(compareRuns(a, b).metrics.map((metric) => [metric.name, metric]));
    expect(by.total_duration_ms).toMatchObject({ delta: 1350, tone: "worse" });
    expect(by.cost_usd?.ratio).toBeCloseTo(26.8);
    expect(by.in_context).toMatchObject({ a: 8, b: 5, delta: 3, tone: "neutral" });
    expect(by.citations).toMatchObject({ a: 4, b: 1, delta: 3, tone: "better" });
    expect(by.citation_support).toMatchObject({ a: null, delta: null, ratio: null, tone: "neutral" });
  });

  it("know no tokens, price or citations while the model still answers", () => {
    const live = sampleEvents.findIndex(({ type }) => type === "generation-first-token");
    const { metrics } = compareRuns(sampleRecord(live + 1), sampleRecord());
    const unknown = metrics.filter(({ a }) => a === null).map(({ name }) => name);
    expect(unknown).toEqual(
      expect.arrayContaining(["prompt_tokens", "completion_tokens", "cost_usd", "citations"]),
    );
  });

  it("list the settings that differ, the agents and the edited system prompt among them", () => {
    const a = sampleRecord();
    const b = withSystemPrompt(
      { ...a, settings: { ...a.settings, top_k: 3 }, rag_plan: a.rag_plan.slice(0, 1) },
      GROUNDED_PROMPT,
    );
    expect(compareRuns(a, b).settings).toEqual([
      { name: "top_k", a: 6, b: 3 },
      { name: "agents", a: "naive_rag_agent, hybrid_agent, graph_agent", b: "naive_rag_agent" },
      { name: "system_prompt", a: "edited", b: "default" },
    ]);
  });

  it("list two system prompts that were edited differently", () => {
    const a = sampleRecord();
    const [change] = compareRuns(a, withSystemPrompt(a, "Answer in rhymes.")).settings;
    expect(change).toEqual({ name: "system_prompt", a: "edited", b: "edited" });
  });

  it("tell where a passage of one prompt went in the other run", () => {
    const a = sampleRecord();
    const { passages } = compareRuns(a, withFewerPassages(a, 6));
    expect(passages).toMatchObject({ count_a: 8, count_b: 6, only_in_b: [] });
    expect(passages.only_in_a).toMatchObject([
      { n: 7, title: "Deploy secrets", elsewhere: "top_k" },
      { n: 8, title: "Audit events", elsewhere: "top_k" },
    ]);
    expect(compareRuns(a, { ...a, context: null }).passages.only_in_a[0]?.elsewhere).toBe("not_retrieved");
  });

  it("tell which passages of both prompts stand in another place", () => {
    const a = sampleRecord();
    if (!a.context) throw new Error("the sample has a context");
    const swapPlaces = new Map([
      [1, 2],
      [2, 1],
    ]);
    const passages = a.context.passages.map((passage) => ({
      ...passage,
      n: passage.n && (swapPlaces.get(passage.n) ?? passage.n),
    }));
    const { in_both } = compareRuns(a, { ...a, context: { ...a.context, passages } }).passages;
    expect(in_both.filter(({ moved }) => moved).map(({ n_a, n_b }) => [n_a, n_b])).toEqual([
      [1, 2],
      [2, 1],
    ]);
  });

  it("show the changed words of the system message and leave the other messages alone", () => {
    const a = sampleRecord();
    const prompt = compareRuns(
      withSystemPrompt(a, "Answer in rhymes."),
      withSystemPrompt(a, "Answer in prose."),
    ).prompt;
    expect(prompt.map(({ origin, state }) => `${origin}: ${state}`)).toEqual([
      "system: changed",
      "memory: same",
      "memory: same",
      "question: same",
    ]);
    expect(prompt[0]?.parts[0]?.diff.pieces[1]).toEqual({ kind: "changed", a: "rhymes", b: "prose" });
  });
});
