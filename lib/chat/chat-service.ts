import type { RunRecord } from "@/lib/domain/run-record";
import { AppError } from "@/lib/errors";
import type { NumberedFrame } from "@/lib/events/sse";
import { createOpenWork } from "@/lib/open-work";
import { userIdOf } from "@/lib/security/user-id";
import { createAnswerKeeper } from "./answer-keeper";
import type { ChatRequest } from "./chat-request";
import type { ChatServicePorts } from "./chat-service-ports";
import { driveRun, type RunEnd } from "./drive-run";
import { followStream } from "./follow-stream";
import { createKeptEvents } from "./kept-events";
import { createLiveRun, type LiveRun } from "./live-run";
import type { OnCall } from "./on-call";
import { type PreparedTurn, prepareTurn } from "./prepare-turn";
import { createRunRecorder } from "./record-run";
import type { RunRecorder } from "./run-recorder";
import { createRunWatch } from "./run-watch";
import { createSupportChecks, type SupportChecks } from "./support/support-checks";
import { createTitleCalls } from "./title/title-calls";
import { toTitle } from "./to-title";
import { createRunTracer } from "./trace-run";

export interface StartOptions {
  browserId: string;
  /** Whether the run is kept for the sidebar. */
  recorded: boolean;
  /** Told what each call of a model took, those after the answer too. */
  onCall?: OnCall;
}

export interface StartedRun {
  requestId: string;
  /** Whether it is kept for the sidebar: never in a private conversation. */
  recorded: boolean;
  frames: AsyncGenerator<NumberedFrame>;
  /** Resolves when the run has ended and what traces it has it. */
  handedOver: Promise<void>;
}

/** Makes answers: starts them, lets anyone of their owner's readers follow, stops them, drains at the end. */
export interface ChatService {
  /** Throws AppError for what the request refers to and must not; afterwards every fault is a frame. */
  start(request: ChatRequest, options: StartOptions, reader: AbortSignal): Promise<StartedRun>;
  /** Frames after n of an answer of this browser, from any process; throws `not_found`. */
  follow(
    requestId: string,
    browserId: string | null,
    after: number,
    reader: AbortSignal,
  ): Promise<AsyncGenerator<NumberedFrame>>;
  /** Idempotent; throws `not_found` for what is not this browser's. */
  stop(requestId: string, browserId: string | null): Promise<void>;
  /** Whether this process makes that answer now, or has yet to keep it. */
  isLive(requestId: string): boolean;
  /**
   * Refuses new chats and waits for the running ones; those that have not ended at the limit are stopped, and what
   * follows an answer is left two seconds later.
   */
  drain(limitMs: number): Promise<void>;
  draining(): boolean;
  /** Whether the last answer that needed the model got it. */
  modelState(): "ok" | "degraded";
}

/** What titles and support checks have, once the time for answers is over. */
const AFTER_LIMIT_MS = 2000;

interface ActiveRun {
  live: LiveRun;
  abort: AbortController;
  finished: Promise<void>;
}

export function createChatService(ports: ChatServicePorts): ChatService {
  const active = new Map<string, ActiveRun>();
  /** Requests that were let in and have no run yet. */
  const starting = new Set<Promise<unknown>>();
  /** Runs that the trace sink does not have yet. */
  const untraced = createOpenWork();
  const keeper = createAnswerKeeper(ports.log);
  const checks = createSupportChecks(ports);
  const titles = createTitleCalls(ports);
  let draining = false;
  let modelState: "ok" | "degraded" = "ok";

  function noteModel({ status, error }: RunEnd): void {
    if (status === "success") modelState = "ok";
    if (error?.code.startsWith("model_")) modelState = "degraded";
  }

  /** After its first answer; a stopped one that says something is one too. */
  function nameConversation(
    { question, destination, ...turn }: PreparedTurn,
    { answer }: RunEnd,
    { recorded: stored, browserId, onCall }: StartOptions,
  ): void {
    if (destination.kind !== "turn" || destination.after !== null || answer.trim() === "") return;
    const link = ports.sink.initialLink(question.request_id, stored);
    const traced = !turn.private && link.state === "pending";
    titles.start({ question, answer, stored, traced, userId: userIdOf(browserId), onCall });
  }

  async function start(
    request: ChatRequest,
    options: StartOptions,
    reader: AbortSignal,
  ): Promise<StartedRun> {
    if (draining) throw new AppError("unavailable", "The server is shutting down. Try again in a moment.");
    const started = startOne(request, options, reader);
    starting.add(started);
    return started.finally(() => starting.delete(started));
  }

  async function startOne(
    request: ChatRequest,
    options: StartOptions,
    reader: AbortSignal,
  ): Promise<StartedRun> {
    const leaveSlot = ports.slots.take(options.browserId);
    const begun = ports.turns.hold();
    const release = () => {
      begun();
      leaveSlot();
    };
    try {
      return await begin(request, options, reader, { begun, release });
    } catch (error) {
      release();
      throw error;
    }
  }

  /** Calls `begun` when the answer begins and `release` when it has ended, unless it throws. */
  async function begin(
    request: ChatRequest,
    options: StartOptions,
    reader: AbortSignal,
    { begun, release }: { begun(): void; release(): void },
  ): Promise<StartedRun> {
    const turn = await prepareTurn(request, options.browserId, ports);
    const requestId = turn.question.request_id;
    // The lease first: a reader who finds the turn without it would take its process for dead.
    await ports.streams.open(requestId, options.browserId);
    try {
      await saveTurn(turn, options.browserId, ports);
    } catch (error) {
      await ports.streams.delete(requestId).catch(() => undefined);
      throw error;
    }
    const abort = new AbortController();
    const watch = createRunWatch({ requestId, streams: ports.streams, abort, graceMs: ports.graceMs });
    const live = createLiveRun(requestId, options.browserId, () => watch.readersChanged(live.readerCount()));
    const recorded = options.recorded && !turn.private;
    const effective = { ...options, recorded };
    const recorder = createRecorder(turn, effective, checks, ports);
    const handedOver = recorder?.handedOver ?? Promise.resolve();
    untraced.add(handedOver);
    const finished = driveRun({
      turn,
      live,
      recorder,
      ports,
      keeper,
      signal: abort.signal,
      onCall: options.onCall,
      onToken: begun,
      onEnd(end) {
        noteModel(end);
        nameConversation(turn, end, effective);
      },
    }).finally(() => {
      watch.close();
      release();
      active.delete(requestId);
    });
    active.set(requestId, { live, abort, finished });
    return { requestId, recorded, frames: live.read(0, reader), handedOver };
  }

  async function requireOwner(requestId: string, browserId: string | null): Promise<void> {
    const owner =
      active.get(requestId)?.live.owner ??
      (await ports.streams.read(requestId, Number.MAX_SAFE_INTEGER))?.owner ??
      (await ports.conversations.findVersion(requestId))?.owner;
    if (owner === undefined || owner !== browserId)
      throw new AppError("not_found", "There is no such answer in this browser.");
  }

  return {
    start,
    async follow(requestId, browserId, after, reader) {
      await requireOwner(requestId, browserId);
      const live = active.get(requestId)?.live;
      if (live) return live.read(after, reader);
      if (!(await ports.streams.read(requestId, Number.MAX_SAFE_INTEGER))) {
        throw new AppError("not_found", "This stream is over; the conversation has the answer.");
      }
      return followStream(requestId, after, reader, ports);
    },
    async stop(requestId, browserId) {
      await requireOwner(requestId, browserId);
      const run = active.get(requestId);
      if (run) run.abort.abort(new Error("stopped by the reader"));
      else await ports.streams.requestStop(requestId);
    },
    isLive: (requestId) => active.has(requestId) || keeper.isWaiting(requestId),
    draining: () => draining,
    modelState: () => modelState,
    async drain(limitMs) {
      draining = true;
      const over = Promise.withResolvers<void>();
      const late = setTimeout(() => {
        for (const { abort } of active.values()) abort.abort(new Error("the server stops"));
        setTimeout(over.resolve, AFTER_LIMIT_MS).unref();
      }, limitMs);
      while (active.size + starting.size > 0)
        await Promise.allSettled([...starting, ...[...active.values()].map(({ finished }) => finished)]);
      const followed = untraced.settled().then(() => Promise.all([checks.settled(), titles.settled()]));
      await Promise.race([followed, over.promise]);
      clearTimeout(late);
      await keeper.flush();
    },
  };
}

async function saveTurn(
  { question, destination, ...turn }: PreparedTurn,
  owner: string,
  ports: ChatServicePorts,
): Promise<void> {
  const { session_id, request_id, message } = question;
  const at = ports.clock.now();
  if (destination.kind === "version")
    await ports.conversations.addVersion(destination.place, request_id, at, destination.question);
  if (destination.kind === "turn") {
    await ports.conversations.addTurn({
      session_id,
      owner,
      title: toTitle(message),
      private: turn.private,
      at,
      user: { message_id: destination.userMessageId, content: message, after: destination.after },
      assistant: { message_id: destination.assistantMessageId, request_id },
    });
  }
}

function createRecorder(
  { question, ...turn }: PreparedTurn,
  options: StartOptions & { recorded: boolean },
  checks: SupportChecks,
  ports: ChatServicePorts,
): RunRecorder | null {
  const { recorded: stored, browserId, onCall } = options;
  const { runs: store, sink, clock, turns, log } = ports;
  if (turn.private || (!stored && !sink.enabled)) return null;
  const requestId = question.request_id;
  const userId = userIdOf(browserId);
  const asked = [question.message, ...question.history.map(({ content }) => content)];
  const events = createKeptEvents({ requestId, asked, clock });
  const onEnd = (record: RunRecord) => checks.start({ record, stored, userId, onCall });
  const tell = (what: string) => (error: unknown) =>
    log.warn({ request_id: requestId, error: String(error) }, what);
  const parts = { requestId, events, sink, userId, onEnd };
  return stored
    ? createRunRecorder({ ...parts, store, onFault: tell("debug store failed") })
    : createRunTracer({ ...parts, turns, clock, onFault: tell("a run could not be traced") });
}
