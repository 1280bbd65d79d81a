import { findAnswer } from "./find-answer";
import { type AnswerIo, followAnswer } from "./follow-answer";
import { type Ask, type AskFailure, beginLiveTurn, isRunning, type LiveTurn } from "./live-turn";
import { reduceTurn } from "./reduce-turn";
import { postStop } from "./stream-requests";
import { createTurnStore, type TurnStore } from "./turn-store";

export interface StreamHubOptions extends AnswerIo {
  /** Runs `notify` soon; calls in between may become one. */
  schedule(notify: () => void): void;
  /** The server has the question now; its answer has just begun. */
  onStarted(sessionId: string, requestId: string): void;
  /** The answer is as it stays, or cannot be read here; the conversation on the server knows. */
  onEnded(sessionId: string, requestId: string | null): void;
}

/** Reads the answers of all conversations of this page, also of those that are not on screen. */
export interface StreamHub {
  ask(ask: Ask): void;
  /** Follows an answer that was begun by another page, or before a reload. */
  resume(sessionId: string, requestId: string): void;
  /** Sends the question of a failed attempt again, unless it turns out to have arrived: then that answer is read. */
  retry(sessionId: string): void;
  stop(sessionId: string): void;
  /** Forgets a turn that has ended. */
  drop(sessionId: string): void;
  /** By session; the same map until something changes. */
  turns(): ReadonlyMap<string, LiveTurn>;
  subscribe(listener: () => void): () => void;
}

export function createStreamHub(options: StreamHubOptions): StreamHub {
  const store = createTurnStore(options.schedule);
  /** Streams that the server no longer has: following them again would get the same answer. */
  const gone = new Set<string>();
  const { follow, sendStop } = createFollower(store, gone, options);

  const begin = (sessionId: string, ask: Ask | null) =>
    store.put(sessionId, beginLiveTurn(sessionId, ask, options.now()));
  return {
    async ask(input) {
      if (isRunning(store.get(input.sessionId))) return;
      begin(input.sessionId, input);
      await follow(input.sessionId, input);
    },
    async resume(sessionId, requestId) {
      const known = store.get(sessionId);
      // One that was out of reach may be within it now.
      const isLost = known?.failure?.code === "lost" && !known.failure.gone;
      if ((known && !isLost) || gone.has(requestId)) return;
      begin(sessionId, null);
      await follow(sessionId, requestId);
    },
    async retry(sessionId) {
      const failed = store.get(sessionId);
      if (!failed?.ask || isRunning(failed)) return;
      begin(sessionId, failed.ask);
      const isUnsure = failed.failure?.code === "network";
      const arrived = isUnsure ? await findAnswer(options.fetch, failed.ask) : null;
      await follow(sessionId, arrived ?? failed.ask);
    },
    stop(sessionId) {
      const live = store.get(sessionId);
      if (!isRunning(live) || live.stopping) return;
      store.patch(sessionId, () => ({ stopping: true }));
      if (live.turn.requestId !== null) void sendStop(sessionId, live.turn.requestId);
    },
    drop(sessionId) {
      if (store.get(sessionId) && !isRunning(store.get(sessionId))) store.put(sessionId, null);
    },
    turns: store.turns,
    subscribe: store.subscribe,
  };
}

/** Keeps a turn in the store up to date with its stream. */
function createFollower(store: TurnStore, gone: Set<string>, options: StreamHubOptions) {
  const sendStop = async (sessionId: string, requestId: string) => {
    const stopped = await postStop(options.fetch, requestId).catch(() => null);
    if (!stopped?.ok) store.patch(sessionId, () => ({ stopping: false }));
  };
  const begun = (sessionId: string, requestId: string) => {
    options.onStarted(sessionId, requestId);
    if (store.get(sessionId)?.stopping) void sendStop(sessionId, requestId);
  };
  const end = (sessionId: string, failure: AskFailure | null, requestId: string | null) => {
    store.patch(sessionId, () => ({ link: "closed", failure, endedAt: options.now() }));
    if (failure === null || failure.code === "lost") options.onEnded(sessionId, requestId);
  };

  /** Resolves at the end of the stream, with why it could not be read to the answer's end. */
  const follow = async (sessionId: string, start: Ask | string): Promise<AskFailure | null> => {
    const answer = followAnswer(start, options);
    for (;;) {
      const { done, value } = await answer.next();
      if (done) {
        const known = store.get(sessionId)?.turn.requestId ?? (typeof start === "string" ? start : null);
        if (value?.gone && known !== null) gone.add(known);
        end(sessionId, value, known);
        return value;
      }
      if (value.type === "reconnecting") {
        store.patch(sessionId, () => ({ link: "reconnecting" }));
        continue;
      }
      store.patch(sessionId, ({ turn }) => ({ link: "open", turn: reduceTurn(turn, value.numbered) }));
      const { frame } = value.numbered;
      if (frame.status === "start") begun(sessionId, frame.request_id);
    }
  };
  return { follow, sendStop };
}
