import { describe, expect, it } from "vitest";
import { sampleRecord } from "@/lib/run-view/run-record.fixture";
import {
  countLevels,
  filterLog,
  type LogFilter,
  linePath,
  logNodes,
  NO_LOG_FILTER,
  toLogLines,
} from "./build-log-view";

const lines = toLogLines(sampleRecord());
const messages = (filter: Partial<LogFilter>) =>
  filterLog(lines, { ...NO_LOG_FILTER, ...filter }).map(({ entry }) => entry.message);

describe("the log", () => {
  it("is in order of time, also when parallel agents report late", () => {
    const record = sampleRecord();
    const shuffled = { ...record, execution_log: record.execution_log.toReversed() };
    const offsets = toLogLines(shuffled).map(({ entry }) => entry.offset_ms);
    expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
  });

  it("names an agent instead of the name that all agents share", () => {
    expect(lines.map(({ node }) => node)).not.toContain("rag_retrieval");
  });

  it("says which agent a step ran in: several have steps of the same name", () => {
    const step = lines.find(({ node }) => node === "graph_rank");
    expect(step && linePath(step)).toBe("graph_agent › graph_rank");
    expect(lines.find(({ node }) => node === "rag_plan")?.within).toBeNull();
  });

  it("lets everything through at first, and what was asked for later", () => {
    expect(messages({})).toHaveLength(lines.length);
    expect(messages({ text: "TIMED OUT" })).toEqual(["graph_rank timed out after 120 ms (1 of 2)"]);
    expect(messages({ level: "warn" })).toEqual(["failed, asked again"]);
    expect(messages({ node: "graph_agent", level: "info" })).toEqual(["done · 3 passages · 266 ms"]);
  });

  it("counts as many lines of a level as its filter shows", () => {
    const counts = countLevels(lines);
    for (const level of ["all", "info", "warn", "error"] as const) {
      expect(messages({ level })).toHaveLength(counts[level]);
    }
  });

  it("lists each node once, in the order of its first line", () => {
    const nodes = logNodes(lines).map(({ node }) => node);
    expect(nodes[0]).toBe("route_decision");
    expect(new Set(nodes).size).toBe(nodes.length);
  });
});
