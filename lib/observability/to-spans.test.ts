import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RunRecord } from "@/lib/domain/run-record";
import { arbitraryRecord } from "./arbitrary-record.fixture";
import { fromSpans } from "./from-spans";
import type { Observation, RunTrace } from "./observation";
import { sampleRecord } from "./sample-record.fixture";
import { toSpans } from "./to-spans";

function named(trace: RunTrace, name: string): Observation {
  const found = trace.observations.find((observation) => observation.name === name);
  if (!found) throw new Error(`no observation ${name}`);
  return found;
}

/** As the route through an exporter leaves it. */
const throughJson = (trace: RunTrace): RunTrace => JSON.parse(JSON.stringify(trace));

describe("record → trace → record", () => {
  it("is equal for any record, log lines and link state aside", () => {
    fc.assert(
      fc.property(arbitraryRecord, (record) => {
        expect(fromSpans(throughJson(toSpans(record, "u")), record.trace)).toEqual(record);
      }),
      { numRuns: 400 },
    );
  });

  it("is equal for a run as the pipeline makes it", () => {
    const record = sampleRecord();
    expect(fromSpans(toSpans(record, null), record.trace)).toEqual(record);
  });

  it("is equal for a huge run", () => {
    const passage = "页面 ".repeat(20_000);
    const record = sampleRecord({ message: passage, answer: passage.repeat(5) });
    expect(fromSpans(toSpans(record, null), record.trace)).toEqual(record);
  });

  it("leaves the log lines out", () => {
    const [span] = sampleRecord().spans;
    if (!span) throw new Error("no span");
    const line = { span_id: span.span_id, node: "rag_chat", node_type: "request" as const, offset_ms: 1 };
    const record = sampleRecord({
      execution_log: [
        {
          ...line,
          duration_ms: null,
          level: "info",
          message: "hello",
          input: null,
          output: null,
          error: null,
        },
      ],
    });
    expect(JSON.stringify(toSpans(record, null))).not.toContain("hello");
    expect(fromSpans(toSpans(record, null), record.trace)).toEqual({ ...record, execution_log: [] });
  });

  it("refuses a trace that is not ours, and a damaged one", () => {
    const record = sampleRecord();
    const trace = toSpans(record, null);
    const strip = (key: string) =>
      trace.observations.map((observation) => ({
        ...observation,
        metadata: Object.fromEntries(Object.entries(observation.metadata).filter(([name]) => name !== key)),
      }));
    expect(fromSpans({ ...trace, observations: [] }, record.trace)).toBeNull();
    expect(fromSpans({ ...trace, observations: strip("run") }, record.trace)).toBeNull();
    expect(fromSpans({ ...trace, metadata: {} }, record.trace)).toBeNull();
    const damaged = trace.observations.map((observation) =>
      observation.name === "route_decision" ? { ...observation, output: "{" } : observation,
    );
    expect(fromSpans({ ...trace, observations: damaged }, record.trace)).toBeNull();
  });
});

describe("the shape of a trace", () => {
  const record = sampleRecord();
  const trace = toSpans(record, "browser-hash");

  it("is rag_chat under the request's id, with session, user, tags and metadata", () => {
    expect(trace).toMatchObject({
      id: record.request_id.replaceAll("-", ""),
      name: "rag_chat",
      userId: "browser-hash",
      sessionId: record.session_id,
      tags: ["kb:staff", "agent:auto"],
      metadata: {
        request_id: record.request_id,
        kb_prefix: "staff",
        message: record.message,
        session_id: record.session_id,
      },
    });
  });

  it("has one root, whose input and output are the question and the answer", () => {
    const roots = trace.observations.filter(({ parentObservationId }) => parentObservationId === null);
    expect(roots).toHaveLength(1);
    expect(roots[0]).toMatchObject({ name: "rag_chat", input: record.message, output: record.answer });
  });

  it("shows the record's sections as outputs", () => {
    expect(JSON.parse(named(trace, "route_decision").output ?? "")).toEqual(record.route_decision);
    expect(JSON.parse(named(trace, "build_context").output ?? "")).toEqual(record.context);
    expect(JSON.parse(named(trace, "rag_retrieval").output ?? "")).toEqual(record.rag_runs[0]?.results);
  });

  it("has one retriever per agent with agent_type, retrieval_count and, where it failed, error", () => {
    const [first, ...others] = record.rag_runs;
    if (!first) throw new Error("no run");
    const failed = { ...record, rag_runs: [{ ...first, error: "index is broken" }, ...others] };
    const retrievers = toSpans(failed, null).observations.filter(({ type }) => type === "retriever");
    expect(retrievers.map(({ metadata }) => metadata.agent_type).toSorted()).toEqual([
      "graph_agent",
      "hybrid_agent",
      "naive_rag_agent",
    ]);
    expect(retrievers.every(({ metadata }) => metadata.retrieval_count === "2")).toBe(true);
    const broken = retrievers.find(({ id }) => id === first.span_id);
    expect(broken).toMatchObject({ level: "ERROR", statusMessage: "index is broken" });
    expect(broken?.metadata.error).toBe("index is broken");
  });

  it("shows a generation's model, parameters, messages, output, usage, cost and first token", () => {
    const span = record.spans.find(({ name }) => name === "llm_generation");
    expect(named(trace, "llm_generation")).toMatchObject({
      type: "generation",
      model: "gpt-4o-mini",
      modelParameters: { temperature: 0.2 },
      input: JSON.stringify([{ role: "user", content: record.message }]),
      output: record.answer,
      usageDetails: { input: 812, output: 34, total: 846 },
      costDetails: { total: 0.000142 },
      completionStartTime: record.started_at + (span?.offset_ms ?? 0) + 210.125,
    });
  });

  it("says nothing of usage and cost that are unknown, and 0 of a cost that is nothing", () => {
    const cost = (cost_usd: number | null): RunRecord => ({
      ...record,
      generations: record.generations.map((generation) => ({ ...generation, cost_usd, usage: null })),
    });
    expect(named(toSpans(cost(null), null), "llm_generation")).toMatchObject({
      costDetails: null,
      usageDetails: null,
    });
    expect(named(toSpans(cost(0), null), "llm_generation").costDetails).toEqual({ total: 0 });
  });

  it("keeps the same passages once, not once more in the span's own output", () => {
    const text = "a passage that is told once only";
    const runs = record.rag_runs.map((run) => ({
      ...run,
      results: run.results.map((result) => ({ ...result, text })),
    }));
    const spans = record.spans.map((span) =>
      span.name === "rag_retrieval" ? { ...span, output: { results: runs[0]?.results ?? [] } } : span,
    );
    const retrieval = named(toSpans({ ...record, rag_runs: runs, spans }, null), "rag_retrieval");
    expect(JSON.stringify(retrieval).split(text)).toHaveLength(3);
  });

  it("marks an embedding with its model and usage", () => {
    const [root] = record.spans;
    if (!root) throw new Error("no root");
    const spans = record.spans.map((span) =>
      span.name === "bm25_search"
        ? {
            ...span,
            name: "query_embedding",
            kind: "embedding" as const,
            attributes: { model: "text-embedding-3-small", prompt_tokens: 7, cost_usd: 0.00000014 },
          }
        : span,
    );
    expect(named(toSpans({ ...record, spans }, null), "query_embedding")).toMatchObject({
      type: "embedding",
      model: "text-embedding-3-small",
      usageDetails: { input: 7, total: 7 },
      costDetails: { total: 0.00000014 },
    });
  });

  it("marks errors ERROR with their message and an aborted run WARNING aborted", () => {
    const withStatus = (status: "error" | "aborted", status_message: string | null) =>
      toSpans({ ...record, spans: record.spans.map((span) => ({ ...span, status, status_message })) }, null)
        .observations[0];
    expect(withStatus("error", "The model did not answer")).toMatchObject({
      level: "ERROR",
      statusMessage: "The model did not answer",
    });
    expect(withStatus("aborted", null)).toMatchObject({ level: "WARNING", statusMessage: "aborted" });
  });
});

describe("any trace", () => {
  it("keeps what hangs below a span whose parent was lost below that span", () => {
    const record = sampleRecord();
    const [root, ...others] = record.spans;
    const orphan = others.find(({ name }) => name === "rag_retrieval");
    const child = others.find(({ parent_span_id }) => parent_span_id === orphan?.span_id);
    const spans = record.spans.map((span) =>
      span === orphan ? { ...span, parent_span_id: "00000000000000ff" } : span,
    );
    const { observations } = toSpans({ ...record, spans }, null);
    const above = (id: string | undefined) => observations.find((one) => one.id === id)?.parentObservationId;
    expect(above(orphan?.span_id)).toBe(root?.span_id);
    expect(above(child?.span_id)).toBe(orphan?.span_id);
  });

  it("has one root, parents before children, and every span under its own id and time", () => {
    fc.assert(
      fc.property(arbitraryRecord, (record) => {
        const { observations } = toSpans(record, null);
        const seen = new Set<string | null>([null]);
        for (const { id, parentObservationId } of observations) {
          expect(seen.has(parentObservationId)).toBe(true);
          expect(seen.has(id)).toBe(false);
          seen.add(id);
        }
        expect(observations.filter((one) => one.parentObservationId === null)).toHaveLength(1);
        for (const span of record.spans) {
          const shown = observations.find(({ id }) => id === span.span_id);
          expect(shown?.startTime).toBe(record.started_at + span.offset_ms);
          if (span.duration_ms !== null) {
            expect(shown?.endTime).toBe(record.started_at + span.offset_ms + span.duration_ms);
          }
        }
      }),
    );
  });
});
