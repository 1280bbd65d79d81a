import { decodeChatStream, type NumberedFrame } from "@/lib/events/sse";
import type { Ask, AskFailure } from "./live-turn";
import { getStream, postChat, toFailure } from "./stream-requests";

/** Waits before each try to take up a lost stream again: about a minute in all. */
const RECONNECT_MS = [250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000];

export interface AnswerIo {
  fetch: typeof fetch;
  pause(ms: number): Promise<void>;
}

export type AnswerEvent = { type: "frame"; numbered: NumberedFrame } | { type: "reconnecting" };

/**
 * Reads one answer to its `done`, over as many connections as that takes, each frame once. `start` is a
 * question to ask or the request_id of an answer that runs already. Returns null at the end of the answer,
 * else why it cannot be read: the question was refused, or the stream is gone.
 */
export async function* followAnswer(
  start: Ask | string,
  io: AnswerIo,
): AsyncGenerator<AnswerEvent, AskFailure | null> {
  let requestId = typeof start === "string" ? start : null;
  let after = 0;
  for (let lost = 0; ; lost += 1) {
    const response = await open(start, requestId, after, io);
    if (response?.ok) {
      requestId ??= response.headers.get("x-request-id");
      for await (const numbered of readFrames(response)) {
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
    if (response?.status === 404 || wait === undefined) return { code: "lost", message: "" };
    yield { type: "reconnecting" };
    await io.pause(wait);
  }
}

function open(start: Ask | string, requestId: string | null, after: number, io: AnswerIo) {
  const asking = requestId === null && typeof start !== "string";
  const request = asking ? postChat(io.fetch, start) : getStream(io.fetch, requestId ?? "", after);
  return request.catch(() => null);
}

/** The frames of one connection; a connection that breaks just ends them. */
async function* readFrames(response: Response): AsyncGenerator<NumberedFrame> {
  if (!response.body) return;
  try {
    yield* decodeChatStream(response.body);
  } catch {
    // What came so far stays; the next connection goes on after it.
  }
}
