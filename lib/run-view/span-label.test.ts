import { describe, expect, it } from "vitest";
import { sampleEvents, sampleRecord } from "./run-record.fixture";
import { spanLabel, spanNote } from "./span-label";

const record = sampleRecord();
const labelled = record.spans.map((span) => [spanLabel(span, record), spanNote(span, record)]);

describe("spans in the tree", () => {
  it("go by their name, retrievers by their agent's, each with its telling number", () => {
    expect(labelled).toContainEqual(["hybrid_agent", "6"]);
    expect(labelled).toContainEqual(["route_decision", "product 0.93"]);
    expect(labelled).toContainEqual(["rag_plan", "3 agents"]);
    expect(labelled).toContainEqual(["build_context", "8"]);
    expect(labelled).toContainEqual(["llm_generation", "350"]);
    expect(labelled).toContainEqual(["rerank", "6"]);
  });

  it("have their agent's name from the start and no number before they end", () => {
    const started = sampleEvents.findIndex(
      (event) => event.type === "span-start" && event.name === "rag_retrieval",
    );
    const live = sampleRecord(started + 1);
    const span = live.spans.at(-1);
    expect(span && [spanLabel(span, live), spanNote(span, live)]).toEqual(["naive_rag_agent", ""]);
  });
});
