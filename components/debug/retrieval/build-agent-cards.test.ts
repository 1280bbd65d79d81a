import { describe, expect, it } from "vitest";
import type { RunRecord } from "@/lib/domain/run-record";
import { sampleEvents, sampleRecord } from "@/lib/run-view/run-record.fixture";
import { buildAgentCards } from "./build-agent-cards";

const record = sampleRecord();
const states = (of: RunRecord) => buildAgentCards(of, 500).cards.map(({ state }) => state);

function withRun(change: Partial<RunRecord["rag_runs"][number]>): RunRecord {
  const rag_runs = record.rag_runs.map((run) =>
    run.agent_type === "graph_agent" ? { ...run, ...change } : run,
  );
  return { ...record, rag_runs };
}

describe("agent cards", () => {
  it("say what came of each planned agent", () => {
    expect(states(record)).toEqual(["done", "done", "retried"]);
    expect(states(withRun({ error: "took longer than 5000 ms" }))).toEqual(["done", "done", "failed"]);
    expect(states(withRun({ attempts: 1, retrieval_count: 0 }))).toEqual(["done", "done", "empty"]);
  });

  it("are there from the plan on, and are skipped when the run ends without them", () => {
    const planned = sampleRecord(sampleEvents.findIndex(({ type }) => type === "plan") + 1);
    expect(states(planned)).toEqual(["running", "running", "running"]);
    expect(states({ ...planned, status: "aborted" })).toEqual(["skipped", "skipped", "skipped"]);
  });

  it("place each agent's time among that of all, and the failed step in it", () => {
    const { cards, slowestMs } = buildAgentCards(record, 0);
    expect(slowestMs).toBe(266);
    expect(cards[0]?.bar?.left).toBe(0);
    const graph = cards[2];
    const [failure] = graph?.failures ?? [];
    expect((graph?.bar?.left ?? 0) + (graph?.bar?.width ?? 0)).toBe(1);
    expect(failure && failure.left > 0 && failure.left + failure.width < 1).toBe(true);
  });

  it("say how an agent searched", () => {
    expect(buildAgentCards(record, 0).cards[1]?.how).toBe("bm25 + vector + rerank · top_k 6");
  });
});
