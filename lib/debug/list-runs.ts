import type { RunQuery, RunStore } from "@/lib/store/run-store";

/** One page of recorded runs as the wire shows it. */
export async function listRuns(query: RunQuery, runs: RunStore) {
  const { items, next } = await runs.list(query);
  return {
    items: items.map(({ summary: { answer: _answer, ...summary }, facts }) => ({
      ...summary,
      feedback: facts.feedback?.value ?? null,
      trace_state: facts.trace?.state ?? "disabled",
    })),
    next,
  };
}
