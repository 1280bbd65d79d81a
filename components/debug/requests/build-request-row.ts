import { importedIdPrefix } from "@/lib/domain/ids";
import type { RunListItem } from "@/lib/domain/run-list";
import { formatCost, formatCount, formatDuration } from "@/lib/run-view/format";
import { markHits } from "@/lib/run-view/mark-hits";
import type { MarkedText } from "@/lib/run-view/mark-terms";
import { type StatusView, toStatusView } from "../run-status";

/** A run's line, in words. */
export interface RequestRowView {
  id: string;
  status: StatusView;
  /** "14:02:31", with the date in front when it is not today's. */
  time: string;
  question: MarkedText[];
  /** Where else the search found something; null where there is nothing to show. */
  excerpt: MarkedText[] | null;
  kbPrefix: string;
  /** "naive, hybrid, graph"; empty when nothing was searched. */
  agents: string;
  model: string;
  duration: string;
  tokens: string;
  cost: string;
  feedback: RunListItem["feedback"];
  trace: RunListItem["trace_state"];
  imported: boolean;
}

/** The first words of a question are enough for a line. */
const QUESTION_CHARACTERS = 400;

export function buildRequestRow(item: RunListItem, q: string, now: Date): RequestRowView {
  return {
    id: item.request_id,
    status: toStatusView(item.status, false),
    time: formatClock(new Date(item.started_at), now),
    question: markHits(item.message.slice(0, QUESTION_CHARACTERS), q),
    excerpt: item.excerpt === null ? null : markHits(item.excerpt, q),
    kbPrefix: item.kb_prefix,
    agents: item.agents.map((agent) => agent.replace(/_.*/, "")).join(", "),
    model: item.model,
    duration: formatDuration(item.total_duration_ms),
    tokens: formatCount(item.total_tokens),
    cost: formatCost(item.cost_usd),
    feedback: item.feedback,
    trace: item.trace_state,
    imported: item.request_id.startsWith(importedIdPrefix),
  };
}

/** Local time with 24 hours; an instant that no calendar knows is "–". */
export function formatClock(at: Date, now: Date): string {
  if (Number.isNaN(at.getTime())) return "–";
  const two = (part: number) => String(part).padStart(2, "0");
  const clock = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(":");
  if (at.toDateString() === now.toDateString()) return clock;
  return `${[at.getMonth() + 1, at.getDate()].map(two).join("-")} ${clock}`;
}
