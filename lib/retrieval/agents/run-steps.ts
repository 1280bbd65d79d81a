import type { Span, SpanKind } from "@/lib/domain/run-record";
import { type OpenSpan, openSpan, type SpanEvent } from "@/lib/events/span-scope";

/** One thing that an agent does, shown as a span of its own. */
export interface Step<T> {
  name: string;
  kind: SpanKind;
  input: Span["input"];
  run(): Promise<StepResult<T>>;
}

export interface StepResult<T> {
  value: T;
  /** For the span. */
  output: Span["output"];
  attributes?: Span["attributes"];
  /** For the log: one line that says what came out. */
  message: string;
}

type Values<S extends readonly Step<unknown>[]> = {
  [K in keyof S]: S[K] extends Step<infer T> ? T : never;
};

/**
 * Runs steps at the same time, each as a span below `parent`, and returns their values in order. The first
 * step that fails fails all; an abort does not wait for the engine.
 */
export async function* runSteps<const S extends readonly Step<unknown>[]>(
  parent: OpenSpan,
  signal: AbortSignal,
  steps: S,
): AsyncGenerator<SpanEvent, Values<S>> {
  signal.throwIfAborted();
  const ended: SpanEvent[] = [];
  const running = [];
  for (const step of steps) {
    const span = openSpan(parent.time, { name: step.name, kind: step.kind, parent, input: step.input });
    yield span.started;
    running.push(finish(span, step, signal, ended));
  }
  const outcomes = await Promise.allSettled(running);
  yield* ended;
  const values = outcomes.map((outcome) => {
    if (outcome.status === "rejected") throw outcome.reason;
    return outcome.value;
  });
  return values as Values<S>;
}

/** Awaits one step and notes how it ended at the moment when it did. */
async function finish<T>(span: OpenSpan, step: Step<T>, signal: AbortSignal, ended: SpanEvent[]): Promise<T> {
  try {
    const { value, output, attributes = {}, message } = await unlessAborted(signal, step.run());
    ended.push(span.log({ level: "info", message, durationMs: span.elapsedMs() }));
    ended.push(span.end({ output, attributes }));
    return value;
  } catch (error) {
    const statusMessage = signal.aborted ? "aborted" : messageOf(error);
    if (!signal.aborted)
      ended.push(span.log({ level: "error", message: statusMessage, error: statusMessage }));
    ended.push(span.end({ status: signal.aborted ? "aborted" : "error", statusMessage }));
    throw error;
  }
}

/** The promise's value, or the signal's reason as soon as it aborts. */
function unlessAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  if (signal.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
