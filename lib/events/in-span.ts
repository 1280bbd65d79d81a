import type { Span } from "@/lib/domain/run-record";
import type { RecordedEvent, RunEvent } from "./run-event";
import { type OpenSpan, openSpan, type RunTime } from "./span-scope";

/** What a body made: the value for its caller, and what the span shows of it. */
export interface SpanResult<T> {
  value: T;
  output?: Span["output"];
  attributes?: Span["attributes"];
}

type SpanBody<E, T> = (span: OpenSpan) => AsyncGenerator<E, SpanResult<T>>;

/**
 * Runs a body inside a span of its own: yields the span's start, what the body yields, and the span's end
 * whatever happens. A throw ends the span as `aborted` when the signal did it, else as `error` with the
 * message, and goes on.
 */
export async function* inSpan<T, E extends RunEvent = never>(
  time: RunTime,
  input: Parameters<typeof openSpan>[1],
  signal: AbortSignal,
  body: SpanBody<E, T>,
): AsyncGenerator<E | RecordedEvent, T> {
  const span = openSpan(time, input);
  yield span.started;
  try {
    const result = yield* body(span);
    yield span.end({ output: result.output ?? null, attributes: result.attributes ?? {} });
    return result.value;
  } catch (error) {
    const status = signal.aborted ? "aborted" : "error";
    const statusMessage = signal.aborted ? "aborted" : messageOf(error);
    if (status === "error") yield span.log({ level: "error", message: statusMessage, error: statusMessage });
    yield span.end({ status, statusMessage });
    throw error;
  }
}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
