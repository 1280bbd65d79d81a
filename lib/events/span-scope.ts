import type { Clock } from "@/lib/domain/clock";
import type { IdSource } from "@/lib/domain/ids";
import type { LogLevel, Span, SpanKind } from "@/lib/domain/run-record";
import type { RecordedEvent } from "./run-event";

type EventOf<T extends RecordedEvent["type"]> = Extract<RecordedEvent, { type: T }>;
export type SpanEvent = EventOf<"span-start"> | EventOf<"span-end"> | EventOf<"log">;

/** What the spans of one run share: its clock, its ids and the monotonic instant at which it began. */
export interface RunTime {
  clock: Clock;
  ids: IdSource;
  /** `clock.monotonic()` at the run's start. */
  origin: number;
}

/** Milliseconds since the run's start, to the microsecond. */
export function offsetMs(time: RunTime): number {
  return toMilliseconds(time.clock.monotonic() - time.origin);
}

/** Rounds to microseconds: enough for a timeline, and stable through JSON. */
export function toMilliseconds(value: number): number {
  return Math.round(value * 1000) / 1000;
}

interface SpanInput {
  name: string;
  kind: SpanKind;
  parent: OpenSpan | null;
  input?: Span["input"];
  attributes?: Span["attributes"];
}

interface SpanOutcome {
  status?: "ok" | "error" | "aborted";
  statusMessage?: string;
  output?: Span["output"];
  attributes?: Span["attributes"];
}

interface LogInput {
  level: LogLevel;
  message: string;
  durationMs?: number;
  input?: Span["input"];
  output?: Span["output"];
  error?: string;
}

/** A span that has begun. It makes events; whoever holds it yields them. */
export interface OpenSpan {
  readonly spanId: string;
  readonly time: RunTime;
  /** Yield first. */
  readonly started: EventOf<"span-start">;
  /** Milliseconds since this span began. */
  elapsedMs(): number;
  end(outcome?: SpanOutcome): EventOf<"span-end">;
  log(entry: LogInput): EventOf<"log">;
}

/** Begins a span now. Nothing is emitted by this call: yield `started`, later `end()`. */
export function openSpan(time: RunTime, { name, kind, parent, input, attributes }: SpanInput): OpenSpan {
  const spanId = time.ids.spanId();
  const startOffset = offsetMs(time);
  const elapsedMs = () => toMilliseconds(offsetMs(time) - startOffset);
  return {
    spanId,
    time,
    started: {
      type: "span-start",
      span_id: spanId,
      parent_span_id: parent?.spanId ?? null,
      name,
      kind,
      offset_ms: startOffset,
      input: input ?? null,
      attributes: attributes ?? {},
    },
    elapsedMs,
    end: (outcome = {}) => ({
      type: "span-end",
      span_id: spanId,
      status: outcome.status ?? "ok",
      status_message: outcome.statusMessage ?? null,
      duration_ms: elapsedMs(),
      output: outcome.output ?? null,
      attributes: outcome.attributes ?? {},
    }),
    log: (entry) => ({
      type: "log",
      entry: {
        span_id: spanId,
        node: name,
        node_type: kind,
        offset_ms: offsetMs(time),
        duration_ms: entry.durationMs ?? null,
        level: entry.level,
        message: entry.message,
        input: entry.input ?? null,
        output: entry.output ?? null,
        error: entry.error ?? null,
      },
    }),
  };
}
