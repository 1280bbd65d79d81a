import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dropReasonSchema, type RunContext } from "@/lib/domain/run-record";
import { groupRanking, rankingAgents, rankShare, retrievedCount } from "./ranking";
import { sampleEvents, sampleRecord } from "./run-record.fixture";

const record = sampleRecord();

function withReasons(reasons: readonly (RunContext["passages"][number]["reason"] | "kept")[]) {
  const passages = (record.context?.passages ?? []).map((passage, index) => {
    const reason = reasons[index] ?? "kept";
    return reason === "kept"
      ? { ...passage, state: "in_prompt" as const, reason: null }
      : { ...passage, state: "dropped" as const, reason };
  });
  // No order is promised on the wire.
  return { ...record, context: record.context && { ...record.context, passages: passages.toReversed() } };
}

describe("groupRanking", () => {
  it("brings out each passage once, by place inside its group, whatever dropped it", () => {
    const reason = fc.option(fc.constantFrom("kept" as const, ...dropReasonSchema.options));
    fc.assert(
      fc.property(fc.array(reason, { minLength: 10, maxLength: 10 }), (reasons) => {
        const groups = groupRanking(withReasons(reasons));
        const positions = groups.map(({ passages }) => passages.map(({ passage }) => passage.position));
        for (const group of positions) expect(group).toEqual(group.toSorted((a, b) => a - b));
        expect(positions.flat().toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      }),
    );
  });

  it("puts what is in the prompt first, then one group for each reason", () => {
    const groups = groupRanking(
      withReasons(["kept", "duplicate", "budget", "kept", "below_threshold", "budget"]),
    );
    expect(groups.map(({ reason, passages }) => [reason, passages.length])).toEqual([
      [null, 6],
      ["budget", 2],
      ["below_threshold", 1],
      ["duplicate", 1],
    ]);
  });

  it("finds the text of each passage in what the agents brought", () => {
    const passages = groupRanking(record).flatMap((group) => group.passages);
    expect(passages.every(({ passage, source }) => source?.passage_id === passage.passage_id)).toBe(true);
    expect(groupRanking({ ...record, rag_runs: [] })[0]?.passages[0]?.source).toBeNull();
  });
});

describe("ranks", () => {
  it("fill a bar wholly in the first place and always between 0 and 1", () => {
    expect([rankShare(1, 6), rankShare(6, 6), rankShare(9, 6), rankShare(1, 0)]).toEqual([1, 1 / 6, 0, 0]);
  });

  it("have a column for each planned agent, also before it has answered", () => {
    const planned = sampleEvents.findIndex(({ type }) => type === "plan") + 1;
    expect(rankingAgents(sampleRecord(planned))).toEqual(["naive_rag_agent", "hybrid_agent", "graph_agent"]);
    expect(rankingAgents({ rag_plan: [], rag_runs: record.rag_runs })).toHaveLength(3);
  });

  it("count what was retrieved alike before and after the ranking is merged", () => {
    expect([retrievedCount(record), retrievedCount({ ...record, context: null })]).toEqual([14, 14]);
  });
});
