import { describe, expect, it } from "vitest";
import { emptyRecord } from "@/lib/run-view/reduce-run";
import { sampleRecord } from "@/lib/run-view/run-record.fixture";
import { buildRouteView } from "./build-route-view";

const record = sampleRecord();
const decision = record.route_decision;
if (!decision) throw new Error("the sample is routed");
const rows = (change: Partial<typeof decision>) =>
  buildRouteView({ ...record, route_decision: { ...decision, ...change } })?.rows.map(
    ({ kbPrefix, state }) => [kbPrefix, state],
  );

describe("buildRouteView", () => {
  it("puts the chosen knowledge base first, whatever its confidence", () => {
    expect(rows({ kb_prefix: "hr", confidence: 0.04, method: "requested" })).toEqual([
      ["hr", "forced"],
      ["product", "above"],
      ["engineering", "below"],
      ["legal", "below"],
    ]);
  });

  it("shows the chosen one also when it is not among the alternatives", () => {
    expect(rows({ kb_prefix: "general", alternatives: [] })).toEqual([["general", "chosen"]]);
  });

  it("gives the words of the chosen one first, the heaviest first", () => {
    expect(
      buildRouteView(record)?.signals.map(({ kbPrefix, signals }) => [kbPrefix, signals.length]),
    ).toEqual([
      ["product", 3],
      ["engineering", 1],
    ]);
    expect(buildRouteView(record)?.signals[0]?.signals[0]?.term).toBe("api key");
  });

  it("names the model that was asked, and is nothing before the decision", () => {
    expect(buildRouteView(record)?.generation?.model).toBe("gpt-4o-mini");
    expect(buildRouteView(emptyRecord("x"))).toBeNull();
  });
});
