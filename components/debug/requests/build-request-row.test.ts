import { describe, expect, it } from "vitest";
import type { RunListItem } from "@/lib/domain/run-list";
import { buildRequestRow, formatClock } from "./build-request-row";

const item: RunListItem = {
  request_id: "0190b7a2-0000-7000-8000-000000000000",
  session_id: "s",
  started_at: 0,
  status: "success",
  message: "How are keys rotated?",
  excerpt: null,
  kb_prefix: "handbook",
  agents: ["naive_rag_agent", "graph_agent"],
  model: "offline",
  total_duration_ms: 1234,
  total_tokens: 2000,
  cost_usd: 0,
  feedback: "up",
  trace_state: "visible",
};
const now = new Date(2026, 3, 5, 12);

describe("buildRequestRow", () => {
  it("says what the run cost, and never 0 for what is not known", () => {
    expect(buildRequestRow(item, "", now)).toMatchObject({
      agents: "naive, graph",
      duration: "1.23 s",
      tokens: "2,000",
      cost: "$0.0000",
    });
    const unknown = { ...item, total_duration_ms: null, total_tokens: null, cost_usd: null };
    expect(buildRequestRow(unknown, "", now)).toMatchObject({ duration: "–", tokens: "–", cost: "–" });
  });

  it("marks what was looked for, in the question and where else it was found", () => {
    const row = buildRequestRow({ ...item, excerpt: "all KEYS" }, "keys", now);
    const marked = (parts: typeof row.question | null) =>
      parts?.flatMap((part) => (part.marked ? part.text : []));
    expect(marked(row.question)).toEqual(["keys"]);
    expect(marked(row.excerpt)).toEqual(["KEYS"]);
  });

  it("tells an imported run from one that was made here", () => {
    expect(buildRequestRow(item, "", now).imported).toBe(false);
    expect(buildRequestRow({ ...item, request_id: `import-${item.request_id}` }, "", now).imported).toBe(
      true,
    );
  });
});

describe("formatClock", () => {
  it("leaves the date out today", () => {
    expect(formatClock(new Date(2026, 3, 5, 9, 8, 7), now)).toBe("09:08:07");
    expect(formatClock(new Date(2026, 3, 4, 23, 0, 0), now)).toBe("04-04 23:00:00");
    expect(formatClock(new Date(1e300), now)).toBe("–");
  });
});
