import type { ChatFrame } from "@/lib/events/chat-frame";
import type { RunEvent } from "@/lib/events/run-event";
import type { AnswerKeeper } from "./answer-keeper";
import { answerQuestion } from "./answer-question";
import { createAnswerSummary } from "./answer-summary";
import type { ChatServicePorts } from "./chat-service-ports";
import type { LiveRun } from "./live-run";
import type { OnCall } from "./on-call";
import type { PreparedTurn } from "./prepare-turn";
import type { RunRecorder } from "./run-recorder";
import { createFrameMapper } from "./to-chat-frames";

interface Drive {
  turn: PreparedTurn;
  live: LiveRun;
  recorder: RunRecorder | null;
  ports: ChatServicePorts;
  keeper: AnswerKeeper;
  signal: AbortSignal;
  /** Told what each call of a model took. */
  onCall: OnCall;
  /** Told of every token of the answer. */
  onToken(): void;
  /** Told how the run ended, before its readers are. */
  onEnd(end: RunEnd): void;
}

/** How often the answer is kept while it is written: as much is lost at most when this process dies. */
const KEEP_MS = 2000;

export type RunEnd = Extract<RunEvent, { type: "run-end" }>;

/**
 * Runs one question to its end, whoever reads: events go to the recorder, frames to the live readers and
 * into the resume buffer, and the answer into the conversation, now and then while it grows and whole before
 * `done` tells of it. Never rejects.
 */
export async function driveRun(drive: Drive): Promise<void> {
  const { turn, live, recorder, ports, keeper, signal, onCall, onToken, onEnd } = drive;
  const { question, messageId } = turn;
  const toFrames = createFrameMapper({ request_id: question.request_id, message_id: messageId });
  const summary = createAnswerSummary(question.request_id, questionOfVersion(turn));
  const meter = ports.meter.follow();
  let sent = 0;
  let keptAt = ports.clock.monotonic();

  const send = (frames: ChatFrame[]) => {
    if (frames.length === 0) return;
    live.push(frames);
    ports.streams.append(question.request_id, sent + 1, frames).catch((error) => {
      ports.log.warn({ request_id: question.request_id, error: String(error) }, "resume buffer failed");
    });
    sent += frames.length;
  };
  const handle = async (event: RunEvent) => {
    if (event.type !== "token") {
      recorder?.record(event);
      meter(event);
      if (event.type === "generation-end") onCall?.(event);
    }
    const frames = toFrames(event);
    summary.add(event, frames.find((frame) => frame.status === "sources")?.content ?? null);
    if (event.type === "token" && ports.clock.monotonic() - keptAt >= KEEP_MS) {
      keptAt = ports.clock.monotonic();
      // One that fails is made good by the next; the last one is seen to.
      void keepAnswer(drive, summary).catch(() => undefined);
    }
    if (event.type === "run-end") {
      await keeper.keep(question.request_id, () => keepAnswer(drive, summary));
      logRun(question.request_id, event, ports);
      onEnd(event);
    }
    send(frames);
    if (event.type === "token") onToken();
  };

  for await (const event of answerQuestion(question, ports, signal)) await handle(event);
  live.end();
}

/** An edited question stays with its version. */
function questionOfVersion({ destination }: PreparedTurn): string | null {
  return destination.kind === "version" ? destination.question : null;
}

async function keepAnswer(
  { turn: { question, destination, messageId }, live: { owner }, ports: { conversations, clock } }: Drive,
  summary: ReturnType<typeof createAnswerSummary>,
): Promise<void> {
  if (destination.kind === "none") return;
  const { session_id } = question;
  const place =
    destination.kind === "version" ? destination.place : { session_id, message_id: messageId, owner };
  await conversations.finishVersion(place, { ...summary.version() }, clock.now());
  await conversations.keepPassages(session_id, summary.cutPassages());
}

function logRun(requestId: string, event: RunEnd, { log }: ChatServicePorts): void {
  const { status, finish_reason, duration_ms, error } = event;
  const trace_id = requestId.replaceAll("-", "");
  const level = status === "error" ? "warn" : "info";
  log[level](
    { request_id: requestId, trace_id, status, finish_reason, duration_ms, error: error?.code },
    "chat",
  );
}
