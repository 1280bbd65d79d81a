import type { Generation, RunRecord } from "@/lib/domain/run-record";
import { formatCost, formatCount, formatDuration, UNKNOWN } from "@/lib/run-view/format";

/** One number of the summary strip; `aside` follows in grey. */
export interface SummaryCell {
  label: "total" | "elapsed" | "ttft" | "tokens" | "cost" | "model" | "inContext";
  value: string;
  aside: string;
}

/** The six numbers of a run; while it goes on, those that are known. */
export function buildSummaryView(record: RunRecord, elapsedMs: number): SummaryCell[] {
  const metrics = record.performance_metrics;
  const running = record.status === "running";
  return [
    running
      ? { label: "elapsed", value: formatDuration(elapsedMs), aside: "" }
      : { label: "total", value: formatDuration(metrics.total_duration_ms), aside: "" },
    { label: "ttft", value: formatDuration(metrics.ttft_ms), aside: "" },
    tokensCell(record),
    { label: "cost", value: formatCost(metrics.cost_usd), aside: "" },
    { label: "model", value: modelOf(record), aside: "" },
    contextCell(record),
  ];
}

/** While a model answers, its prompt counts as we counted it, and what it answers is not known yet. */
function tokensCell({ performance_metrics: { usage }, generations }: RunRecord): SummaryCell {
  const open = generations.filter(({ finish_reason }) => finish_reason === null);
  if (open.length > 0) {
    const sent = open.flatMap(({ messages }) => messages).reduce((sum, { tokens }) => sum + tokens, 0);
    const value = `${formatCount((usage?.prompt_tokens ?? 0) + sent)} → ${UNKNOWN}`;
    return { label: "tokens", value, aside: "" };
  }
  if (!usage) return { label: "tokens", value: UNKNOWN, aside: "" };
  const value = `${formatCount(usage.prompt_tokens)} → ${formatCount(usage.completion_tokens)}`;
  return { label: "tokens", value, aside: `(${formatCount(usage.total_tokens)})` };
}

function modelOf({ generations, settings }: RunRecord): string {
  return (answerOf(generations)?.model ?? settings.model) || UNKNOWN;
}

function contextCell({ context }: RunRecord): SummaryCell {
  const kept = context?.passages.filter(({ state }) => state === "in_prompt").length;
  return {
    label: "inContext",
    value: formatCount(kept),
    aside: context ? `/ ${formatCount(context.retrieved)}` : "",
  };
}

function answerOf(generations: readonly Generation[]): Generation | undefined {
  return generations.find(({ purpose }) => purpose === "answer");
}
