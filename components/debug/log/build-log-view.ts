import type { LogEntry, LogLevel, RunRecord, SpanKind } from "@/lib/domain/run-record";
import { spanLabel } from "@/lib/run-view/span-label";

/** One line of the log. `id` is its place in the run: lines are only ever added. */
export interface LogLine {
  id: number;
  entry: LogEntry;
  /** The span's label: an agent's name rather than `rag_retrieval`. */
  node: string;
  /** What it ran in, when that is not the request itself: three agents have a `bm25_search` each. */
  within: { node: string; kind: SpanKind } | null;
}

export type LevelFilter = "all" | Exclude<LogLevel, "debug">;
export const LEVEL_FILTERS: readonly LevelFilter[] = ["all", "info", "warn", "error"];

export interface LogFilter {
  text: string;
  level: LevelFilter;
  /** Null for all of them. */
  node: string | null;
}

export const NO_LOG_FILTER: LogFilter = { text: "", level: "all", node: null };

/** A line's node with what it ran in: "hybrid_agent › bm25_search". */
export function linePath({ node, within }: Pick<LogLine, "node" | "within">): string {
  return within ? `${within.node} › ${node}` : node;
}

/** Every line of the run with its node's label, in order of time: agents at work at once report late. */
export function toLogLines(record: RunRecord): LogLine[] {
  const spans = new Map(record.spans.map((span) => [span.span_id, span]));
  return record.execution_log
    .map((entry, id) => {
      const span = spans.get(entry.span_id);
      const node = span ? spanLabel(span, record) : entry.node;
      const parent = span?.parent_span_id ? spans.get(span.parent_span_id) : undefined;
      const within = parent?.parent_span_id ? { node: spanLabel(parent, record), kind: parent.kind } : null;
      return { id, entry, node, within };
    })
    .toSorted((a, b) => a.entry.offset_ms - b.entry.offset_ms);
}

/** The lines that a filter lets through; the text is sought in path, message and error. A node lets its steps through. */
export function filterLog(lines: readonly LogLine[], filter: LogFilter): LogLine[] {
  const text = filter.text.trim().toLowerCase();
  return lines.filter(
    (line) =>
      (filter.level === "all" || line.entry.level === filter.level) &&
      (filter.node === null || line.node === filter.node || line.within?.node === filter.node) &&
      [linePath(line), line.entry.message, line.entry.error].some((part) =>
        part?.toLowerCase().includes(text),
      ),
  );
}

export function countLevels(lines: readonly LogLine[]): Record<LevelFilter, number> {
  const counts = { all: lines.length, info: 0, warn: 0, error: 0 };
  for (const { entry } of lines) if (entry.level !== "debug") counts[entry.level] += 1;
  return counts;
}

/** The nodes that wrote something, each after what it ran in, in the order of their first line. */
export function logNodes(lines: readonly LogLine[]): { node: string; kind: SpanKind }[] {
  const nodes = new Map<string, SpanKind>();
  for (const { node, within, entry } of lines) {
    if (within && !nodes.has(within.node)) nodes.set(within.node, within.kind);
    if (!nodes.has(node)) nodes.set(node, entry.node_type);
  }
  return [...nodes].map(([node, kind]) => ({ node, kind }));
}
