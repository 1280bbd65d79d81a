import { describe, expect, it } from "vitest";
import { emptyRecord } from "@/lib/run-view/reduce-run";
import { sampleEvents, sampleRecord } from "@/lib/run-view/run-record.fixture";
import { buildSummaryView } from "./build-summary-view";

const cells = (count?: number, elapsedMs = 0) =>
  Object.fromEntries(
    buildSummaryView(sampleRecord(count), elapsedMs).map(({ label, value, aside }) => [
      label,
      `${value} ${aside}`.trim(),
    ]),
  );
const until = (type: string) => sampleEvents.findLastIndex((event) => event.type === type) + 1;

describe("buildSummaryView", () => {
  it("shows the numbers of a run that is over", () => {
    expect(cells()).toEqual({
      total: "3.21 s",
      ttft: "640 ms",
      tokens: "2,012 → 368 (2,380)",
      cost: "$0.0080",
      model: "gpt-4o",
      inContext: "8 / 14",
    });
  });

  it("shows what is not known as a dash, never as 0", () => {
    const values = buildSummaryView(emptyRecord("x"), 0)
      .slice(1)
      .map(({ value }) => value);
    expect(values).toEqual(["–", "–", "–", "–", "–"]);
  });

  it("counts the prompt while the answer is being made, and leaves the answer open", () => {
    expect(cells(until("prompt"), 500)).toMatchObject({ elapsed: "500 ms", tokens: "1,815 → –" });
  });
});
