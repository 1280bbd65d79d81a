import { describe, expect, it } from "vitest";
import { sampleRecord } from "@/lib/run-view/run-record.fixture";
import { NO_FILTER, type SpanFilter, toggleKind, toSpanMatcher } from "./span-filter";

const record = sampleRecord();
const names = (filter: Partial<SpanFilter>) =>
  record.spans.filter(toSpanMatcher({ ...NO_FILTER, ...filter }, record)).map(({ name }) => name);

describe("the filter of spans", () => {
  it("lets everything through at first", () => {
    expect(names({})).toHaveLength(record.spans.length);
  });

  it("finds a span by its agent, its name, its kind and its error", () => {
    expect(names({ text: "HYBRID" })).toEqual(["rag_retrieval"]);
    expect(names({ text: "rag_retrieval" })).toHaveLength(3);
    expect(names({ text: "embedding" })).toEqual(["query_embedding", "query_embedding"]);
    expect(names({ text: "longer than 120" })).toEqual(["graph_rank"]);
  });

  it("hides kinds and shows them again", () => {
    const hidden = toggleKind(NO_FILTER, "retriever");
    expect(names(hidden)).not.toContain("rag_retrieval");
    expect(toggleKind(hidden, "retriever")).toEqual(NO_FILTER);
  });

  it("shows errors only when it is to", () => {
    expect(names({ errorsOnly: true })).toEqual(["graph_rank"]);
  });
});
