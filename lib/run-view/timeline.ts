import type { RunRecord, Span } from "@/lib/domain/run-record";
import { fractionOf, type TimeWindow } from "./time-window";

/** When a span was, in ms since the run's start. `waitUntilMs`: the first token of a generation. */
export interface SpanTimes {
  startMs: number;
  endMs: number;
  waitUntilMs: number | null;
}

/** A span's bar; all numbers are fractions of the window's width. */
export interface SpanBar {
  left: number;
  width: number;
  /** Part of `width`, from its left, before the first token. */
  wait: number;
  /** The span goes on beyond that edge of the window. */
  cutLeft: boolean;
  cutRight: boolean;
}

export interface Tick {
  ms: number;
  fraction: number;
  label: string;
}

/** How long the run has taken: its own number at the end, until then what is known, at least `elapsedMs`. */
export function totalMs(record: RunRecord, elapsedMs: number): number {
  const total = record.performance_metrics.total_duration_ms;
  if (total !== null) return total;
  return record.spans.reduce(
    (latest, span) => Math.max(latest, span.offset_ms + (span.duration_ms ?? 0)),
    elapsedMs,
  );
}

/** A running span reaches up to now. A generation that runs without a first token so far waits all the time. */
export function spanTimes(span: Span, record: RunRecord, nowMs: number): SpanTimes {
  const startMs = span.offset_ms;
  const endMs = startMs + (span.duration_ms ?? Math.max(0, nowMs - startMs));
  if (span.kind !== "generation") return { startMs, endMs, waitUntilMs: null };
  const generation = record.generations.find(({ span_id }) => span_id === span.span_id);
  const ttftMs = generation?.ttft_ms ?? null;
  if (ttftMs !== null) return { startMs, endMs, waitUntilMs: Math.min(endMs, startMs + ttftMs) };
  return { startMs, endMs, waitUntilMs: span.duration_ms === null ? endMs : null };
}

/** The bar of a span in the window, null when it lies wholly outside. */
export function placeBar(times: SpanTimes, window: TimeWindow): SpanBar | null {
  if (times.endMs < window.startMs || times.startMs > window.endMs) return null;
  const left = fractionOf(window, times.startMs);
  const right = fractionOf(window, times.endMs);
  const waitEnd = times.waitUntilMs === null ? left : fractionOf(window, times.waitUntilMs);
  return {
    left,
    width: right - left,
    wait: waitEnd - left,
    cutLeft: times.startMs < window.startMs,
    cutRight: times.endMs > window.endMs,
  };
}

/** Round instants (1, 2 or 5 times a power of ten apart) inside the window, at most `most` of them. */
export function axisTicks(window: TimeWindow, most: number): Tick[] {
  const step = roundStep((window.endMs - window.startMs) / most);
  const first = Math.ceil(window.startMs / step);
  const last = Math.floor(window.endMs / step);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const ms = Number(((first + index) * step).toPrecision(12));
    return { ms, fraction: fractionOf(window, ms), label: tickLabel(ms) };
  });
}

function roundStep(least: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5].find((candidate) => candidate * magnitude >= least) ?? 10;
  return factor * magnitude;
}

/** Without a unit below a second, where the column has little room: "200", then "1.2 s". */
function tickLabel(ms: number): string {
  return ms < 1000 ? String(ms) : `${ms / 1000} s`;
}

/** In which of five lanes of the overview a span is drawn, null for the root, which fills all of it. */
export function overviewLane(span: Span, level: number): number | null {
  if (span.parent_span_id === null) return null;
  if (span.kind === "generation") return 4;
  if (span.kind === "context") return 3;
  if (span.kind === "retriever" || span.kind === "embedding") return level <= 2 ? 1 : 2;
  return 0;
}
