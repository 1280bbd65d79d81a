import { decodeChatStream, type NumberedFrame } from "@/lib/events/sse";
import type { Ask, AskFailure } from "./live-turn";
import { getStream, postChat, toFailure } from "./stream-requests";
import { watchSilence } from "./watch-silence";

/** Waits before each try to take up a lost stream again: about a minute in all. */
const RECONNECT_MS = [250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000];

export interface AnswerIo {
  fetch: typeof fetch;
  /** May end early when there is reason to try again. */
  pause(ms: number): Promise<void>;
  /** Resolves once there is a network; whether that had to be waited for. */
  waitForNetwork(): Promise<boolean>;
  /** Epoch ms. */
  now(): number;
}

export type AnswerEvent = { type: "frame"; numbered: NumberedFrame } | { type: "reconnecting" };

/**
 * Reads one answer to its `done`, over as many connections as that takes, each frame once. `start` is a
 * question to ask or the request_id of an answer that runs already. Time without a network does not count.
 * Returns null at the end of the answer, else why it cannot be read: the question was refused, or the stream
 * is gone or out of reach.
 */
export async function* followAnswer(
  start: Ask | string,
  io: AnswerIo,
): AsyncGenerator<AnswerEvent, AskFailure | null> {
  let requestId = typeof start === "string" ? start : null;
  let after = 0;
  for (let lost = 0; ; lost += 1) {
    const connection = new AbortController();
    const response = await open(start, requestId, after, withSignal(io.fetch, connection.signal));
    if (response?.ok) {
      requestId ??= response.headers.get("x-request-id");
      for await (const numbered of readFrames(response, connection, io.now)) {
        lost = 0;
        after = numbered.id;
        yield { type: "frame", numbered };
        if (numbered.frame.status === "start") requestId = numbered.frame.request_id;
        if (numbered.frame.status === "done") return null;
      }
    } else if (response && requestId === null) {
      return toFailure(response);
    }
    if (requestId === null) return { code: "network", message: "" };
    const wait = RECONNECT_MS[lost];
    const gone = response?.status === 404;
    if (gone || wait === undefined) return { code: "lost", message: "", gone };
    yield { type: "reconnecting" };
    if (await io.waitForNetwork()) lost = -1;
    else await io.pause(wait);
  }
}

function open(start: Ask | string, requestId: string | null, after: number, http: typeof fetch) {
  const asking = requestId === null && typeof start !== "string";
  const request = asking ? postChat(http, start) : getStream(http, requestId ?? "", after);
  return request.catch(() => null);
}

function withSignal(http: typeof fetch, signal: AbortSignal): typeof fetch {
  return (input, init) => http(input, { ...init, signal });
}

/** The frames of one connection; one that breaks, or has died in silence, just ends them. */
async function* readFrames(
  response: Response,
  connection: AbortController,
  now: () => number,
): AsyncGenerator<NumberedFrame> {
  if (!response.body) return;
  const watch = watchSilence(() => connection.abort(), now);
  const listening = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      watch.heard();
      controller.enqueue(chunk);
    },
  });
  try {
    yield* decodeChatStream(response.body.pipeThrough(listening));
  } catch {
    // What came so far stays; the next connection goes on after it.
  } finally {
    watch.close();
  }
}
