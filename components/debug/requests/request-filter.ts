import type { AgentType } from "@/lib/domain/agent";
import type { FeedbackValue } from "@/lib/domain/feedback";
import type { RunSort } from "@/lib/domain/run-list";
import type { RunStatus } from "@/lib/domain/run-record";

/** What the list is asked for; null where everything is wanted. */
export interface RequestFilter {
  q: string;
  status: RunStatus | null;
  kb_prefix: string | null;
  agent_type: AgentType | null;
  model: string | null;
  min_ms: number | null;
  feedback: FeedbackValue | null;
  sort: RunSort;
  /** Where to look: this server keeps runs for a while, Langfuse for good; null: here. */
  source: "langfuse" | null;
}

export const NO_FILTER: RequestFilter = {
  q: "",
  status: null,
  kb_prefix: null,
  agent_type: null,
  model: null,
  min_ms: null,
  feedback: null,
  sort: "time",
  source: null,
};

/** The filter for another place. Langfuse gives the newest first and knows votes apart from requests. */
export function lookIn(source: RequestFilter["source"], filter: RequestFilter): RequestFilter {
  return source === null ? { ...filter, source } : { ...filter, source, sort: "time", feedback: null };
}

/** "Slower than", in ms. */
export const SLOWER_THAN_MS = [500, 1000, 2000, 5000, 10_000, 30_000] as const;

const PAGE_SIZE = 50;

/** The address of one page of the list; `before` null for the first. */
export function toListPath(filter: RequestFilter, before: string | null): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...filter, q: filter.q.trim() })) {
    if (value !== null && value !== "") parameters.set(name, String(value));
  }
  if (before !== null) parameters.set("before", before);
  parameters.set("limit", String(PAGE_SIZE));
  return `/api/debug?${parameters}`;
}

/** Whether some runs are left out; the order of the others does not count. */
export function isFiltered(filter: RequestFilter): boolean {
  const { sort: _sort, source: _source, q, ...choices } = filter;
  return q.trim() !== "" || Object.values(choices).some((value) => value !== null);
}
