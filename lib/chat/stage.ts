import type { RunSettings } from "@/lib/domain/run-record";
import type { OpenSpan, RunTime } from "@/lib/events/span-scope";
import type { ChatPorts, Question } from "./question";

/** What every stage of one run shares. */
export interface Stage {
  question: Question;
  ports: ChatPorts;
  settings: RunSettings;
  time: RunTime;
  /** The span `rag_chat`. */
  root: OpenSpan;
  signal: AbortSignal;
}

/** Waits for a promise, but no longer than the signal: rejects with its reason when it aborts first. */
export async function untilAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  let onAbort = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
