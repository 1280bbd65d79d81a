import type { RunRecord } from "@/lib/domain/run-record";
import { formatCost, formatCount, formatDuration, formatRelevance, UNKNOWN } from "./format";
import { groupRanking } from "./ranking";
import { spanLabel } from "./span-label";

/** Beyond this an answer says no more about what went wrong. */
const LONGEST_TEXT = 8_000;
/** Of many failures the first ones tell the cause. */
const MOST_ERRORS = 20;

/**
 * A run's essentials as Markdown for an issue tracker, in English whatever the page's language is. Texts of
 * users, models and documents stand in code, so that nothing in them is taken for markup; what the record
 * masks stays masked. `version` is this program's.
 */
export function buildBugReport(record: RunRecord, version: string): string {
  const sections = [
    `# Sidetrace run ${code(record.request_id)}`,
    list(summaryOf(record, version)),
    `## Question\n\n${fence(record.message)}`,
    `## Answer\n\n${record.answer === "" ? "No answer." : fence(record.answer)}`,
    `## Route\n\n${list(routeOf(record))}`,
    `## Retrieval\n\n${agentsOf(record)}\n\n${list(contextOf(record))}`,
    `## Time and cost\n\n${list(measuresOf(record))}`,
    `## Errors\n\n${list(errorsOf(record))}`,
  ];
  return `${sections.join("\n\n")}\n`;
}

function summaryOf(record: RunRecord, version: string): string[] {
  const { status, started_at, settings, trace, feedback } = record;
  const { model, temperature, top_k, context_tokens, rerank } = settings;
  return [
    `Status: ${status}, started ${code(timeOf(started_at))}`,
    `Asked: knowledge base ${code(record.route_decision?.requested_kb_prefix ?? record.kb_prefix)}, agent ${code(record.agent_type)}`,
    `Settings: model ${code(model)}, temperature ${temperature ?? "default"}, top_k ${top_k}, context_tokens ${context_tokens}, rerank ${rerank}`,
    `Feedback: ${feedback ? [feedback.value, ...feedback.reasons].join(", ") : "none"}`,
    `Langfuse: ${trace.url ? code(trace.url) : trace.state}${trace.reason ? ` (${code(trace.reason)})` : ""}`,
    `Conversation: ${code(record.session_id)}`,
    `Made by: Sidetrace ${code(version)}, record format ${record.v}`,
  ];
}

function timeOf(epochMs: number): string {
  const time = new Date(epochMs);
  return Number.isNaN(time.getTime()) ? UNKNOWN : time.toISOString();
}

function routeOf({ route_decision: route }: RunRecord): string[] {
  if (!route) return ["No route decision."];
  const others = route.alternatives.filter(({ kb_prefix }) => kb_prefix !== route.kb_prefix);
  const named = others.map((other) => `${code(other.kb_prefix)} ${formatRelevance(other.confidence)}`);
  return [
    `${code(route.worker_name)} by ${route.method}, confidence ${formatRelevance(route.confidence)}, threshold ${formatRelevance(route.threshold)}`,
    `Reason: ${code(route.reason)}`,
    `Query: ${code(route.query)}`,
    `Alternatives: ${named.join(", ") || "none"}`,
  ];
}

function agentsOf({ rag_runs }: RunRecord): string {
  if (rag_runs.length === 0) return "Nothing was searched.";
  const rows = rag_runs.map(({ agent_type, retrieval_count, duration_ms, attempts, error }) => [
    agent_type,
    formatCount(retrieval_count),
    formatDuration(duration_ms),
    String(attempts),
    error === null ? "" : code(error),
  ]);
  return table([["agent", "passages", "duration", "attempts", "error"], ...rows]);
}

function contextOf(record: RunRecord): string[] {
  const { context, citations } = record;
  if (!context) return ["No context was built."];
  const groups = groupRanking(record);
  const kept = groups.find(({ reason }) => reason === null)?.passages ?? [];
  const dropped = groups.flatMap(({ reason, passages }) => (reason ? `${passages.length} by ${reason}` : []));
  const cited = new Set(citations.map(({ n }) => n));
  const sources = kept.map(({ passage, source }) => {
    const mark = passage.n !== null && cited.has(passage.n) ? ", cited" : "";
    return `[${passage.n ?? UNKNOWN}] ${code(source?.title ?? passage.passage_id)}, relevance ${formatRelevance(passage.relevance)}${mark}`;
  });
  return [
    `In the prompt: ${kept.length} of ${formatCount(context.retrieved)} passages, ${formatCount(context.used_tokens)} of ${formatCount(context.budget_tokens)} tokens`,
    `Dropped: ${dropped.join(", ") || "none"}`,
    ...sources,
  ];
}

function measuresOf({ performance_metrics: metrics }: RunRecord): string[] {
  const { usage } = metrics;
  return [
    `Total ${formatDuration(metrics.total_duration_ms)}, to the first token ${formatDuration(metrics.ttft_ms)}`,
    `Routing ${formatDuration(metrics.routing_duration_ms)}, retrieval ${formatDuration(metrics.retrieval_duration_ms)}, generation ${formatDuration(metrics.generation_duration_ms)}`,
    `Tokens ${formatCount(usage?.prompt_tokens)} → ${formatCount(usage?.completion_tokens)}, cost ${formatCost(metrics.cost_usd)}`,
  ];
}

function errorsOf(record: RunRecord): string[] {
  const spans = record.spans.filter(({ status }) => status === "error");
  const lines = spans
    .slice(0, MOST_ERRORS)
    .map((span) => `${code(spanLabel(span, record))}: ${code(span.status_message ?? "no message")}`);
  if (spans.length > MOST_ERRORS) lines.push(`${spans.length - MOST_ERRORS} more`);
  return lines.length > 0 ? lines : ["None."];
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join("\n");
}

/** Bars are escaped in code as well: a table's cells are cut before code is read. */
function table(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows;
  const lines = [head, head.map(() => "---"), ...body];
  return lines
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`)
    .join("\n");
}

/** A text on one line as a code span, whatever backticks it has. */
function code(text: string): string {
  const line = clip(text)
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  if (line === "") return "(empty)";
  const ticks = "`".repeat(longestRun(line) + 1);
  const pad = line.startsWith("`") || line.endsWith("`") ? " " : "";
  return `${ticks}${pad}${line}${pad}${ticks}`;
}

/** A text as a code block that nothing in it can end. */
function fence(text: string): string {
  const clipped = clip(text);
  const ticks = "`".repeat(Math.max(3, longestRun(clipped) + 1));
  return `${ticks}text\n${clipped}\n${ticks}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}

function clip(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT).toWellFormed()}…` : text;
}
