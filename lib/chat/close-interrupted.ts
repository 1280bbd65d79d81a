import type { Clock } from "@/lib/domain/clock";
import type { RunRecord } from "@/lib/domain/run-record";
import type { ChatFrame } from "@/lib/events/chat-frame";
import type { RecordedEvent, StampedEvent } from "@/lib/events/run-event";
import type { StreamError } from "@/lib/events/stream-error";
import { emptyRecord, reduceEvents } from "@/lib/run-view/reduce-run";
import { toKeptText } from "@/lib/security/redaction";
import type { ConversationStore } from "@/lib/store/conversation-store";
import type { RunStore } from "@/lib/store/run-store";
import type { StreamStore } from "@/lib/store/stream-store";
import { toRunSummary } from "@/lib/store/to-run-summary";

export interface InterruptedPorts {
  streams: StreamStore;
  runs: RunStore;
  conversations: ConversationStore;
  clock: Clock;
}

const interrupted: StreamError = {
  code: "interrupted",
  message: "The server stopped while it was answering. Try again.",
  retryable: true,
};

/**
 * Ends a run whose process died, wherever it is kept: the stream with `error` and `done`, the debug record
 * with a `run-end`, the conversation with what had been written. Any reader may do it, twice is once.
 */
export async function closeInterrupted(requestId: string, ports: InterruptedPorts): Promise<void> {
  const slice = await ports.streams.read(requestId, 0);
  if (slice?.alive && !slice.ended) return;
  const frames = slice?.frames ?? [];
  const answer = frames.map((frame) => (frame.status === "token" ? frame.content : "")).join("");
  await closeRun(requestId, answer, ports);
  await closeVersion(requestId, answer, frames, ports);
  if (slice && !slice.ended) await closeStream(requestId, frames.length, ports.streams);
}

async function closeStream(requestId: string, count: number, streams: StreamStore): Promise<void> {
  await streams.append(requestId, count + 1, [
    { status: "error", ...interrupted },
    { status: "done", request_id: requestId, finish_reason: "error", usage: null },
  ]);
}

async function closeRun(requestId: string, answer: string, { runs, clock }: InterruptedPorts): Promise<void> {
  const slice = await runs.read(requestId, 0);
  if (slice?.head.status !== "running") return;
  const record = reduceEvents(emptyRecord(requestId), slice.events);
  const at = clock.now();
  const ends = endEvents(record, toKeptText(answer), Math.max(0, at - slice.head.started_at));
  const stamped = ends.map(
    (event, index): StampedEvent => ({
      ...event,
      v: 1,
      request_id: requestId,
      seq: slice.lastSeq + 1 + index,
      at,
    }),
  );
  await runs.append({ ...slice.head, status: "error" }, stamped);
  await runs.putSummary(toRunSummary(reduceEvents(record, stamped)));
}

/** Nobody knows when the process died; the run lasted until this was noticed, and what it cost is unknown. */
function endEvents(record: RunRecord, answer: string, duration_ms: number): RecordedEvent[] {
  const open = record.generations.filter(({ finish_reason }) => finish_reason === null);
  const offsetOf = (spanId: string) => record.spans.find(({ span_id }) => span_id === spanId)?.offset_ms ?? 0;
  return [
    ...open.map(({ span_id, model, ttft_ms, purpose }) => ({
      type: "generation-end" as const,
      span_id,
      model,
      response: purpose === "answer" ? answer : "",
      usage: null,
      usage_source: null,
      cost_usd: null,
      ttft_ms,
      duration_ms: Math.max(0, duration_ms - offsetOf(span_id)),
      finish_reason: "error",
    })),
    { type: "run-end", status: "error", finish_reason: "error", duration_ms, answer, error: interrupted },
  ];
}

async function closeVersion(
  requestId: string,
  content: string,
  frames: readonly ChatFrame[],
  { conversations, clock }: InterruptedPorts,
): Promise<void> {
  const place = await conversations.findVersion(requestId);
  if (!place) return;
  const conversation = await conversations.conversation(place.session_id);
  const message = conversation?.messages.find(({ message_id }) => message_id === place.message_id);
  const version =
    message?.role === "assistant"
      ? message.versions.find(({ request_id }) => request_id === requestId)
      : undefined;
  if (version?.status !== "running") return;
  const sources = frames.find((frame) => frame.status === "sources")?.content ?? version.sources;
  const ended = {
    request_id: requestId,
    question: version.question,
    // A buffer that was in the memory of the dead process is gone; the conversation has nearly all of it.
    content: content || version.content,
    status: "error" as const,
    sources,
    stats: null,
    error: interrupted,
    cut_short: false,
  };
  await conversations.finishVersion(place, ended, clock.now());
}
