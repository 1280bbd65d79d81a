import { describe, expect, it } from "vitest";
import { runListPageSchema } from "@/lib/domain/run-list";
import { createMemoryRunStore } from "@/lib/store/memory-run-store";
import { sampleEvents, sampleHead, sampleSummary } from "@/lib/store/sample-run";
import { listRuns } from "./list-runs";

async function listOf(changes: Parameters<typeof sampleSummary>[1], q?: string) {
  const clock = { now: () => 0, monotonic: () => 0 };
  const store = createMemoryRunStore({ clock, ttlSeconds: 10, maxRuns: 9, maxBytes: 1e6 });
  await store.append(sampleHead("a"), sampleEvents("a", 1, 1));
  await store.putSummary(sampleSummary("a", changes));
  return listRuns({ sort: "time", limit: 10, ...(q !== undefined && { q }) }, store);
}

describe("listRuns", () => {
  it("answers what the page reads, without the answer's text", async () => {
    const page = await listOf({});
    expect(runListPageSchema.parse(page)).toEqual(page);
    expect(page.items[0]).toMatchObject({ request_id: "a", feedback: null, trace_state: "disabled" });
    expect(JSON.stringify(page)).not.toContain("rotate command");
  });

  it("shows where a search found something that the question's beginning does not show", async () => {
    const inAnswer = await listOf({}, "ROTATE COMMAND");
    expect(inAnswer.items[0]?.excerpt).toBe("With the rotate command [1].");
    const inQuestion = await listOf({}, "rotate keys");
    expect(inQuestion.items[0]?.excerpt).toBeNull();
    const farOn = await listOf({ message: `${"word ".repeat(60)}needle` }, "needle");
    expect(farOn.items[0]?.excerpt).toMatch(/^….*word needle$/);
  });
});
