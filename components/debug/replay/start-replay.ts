import { sendJson } from "@/components/chat/data/api-client";
import { browserIo } from "@/components/chat/stream/browser-io";
import { followAnswer } from "@/components/chat/stream/follow-answer";
import { decodeChatStream } from "@/lib/events/sse";
import type { ReplayRequest } from "./replay-draft";

/** The replays that this page reads. */
const reading = new Set<string>();

/**
 * Starts a replay and resolves with its request_id; throws `ApiFailure` when it is refused. The sidebar shows
 * what is stored, so the stream itself is read for one reason: an answer that nobody reads is stopped.
 */
export async function startReplay(request: ReplayRequest): Promise<string> {
  const response = await sendJson("POST", "/api/chat", request);
  const requestId = response.headers.get("x-request-id") ?? "";
  void readOn(requestId, response);
  return requestId;
}

/** Reads a running replay that this page does not read yet, because it was begun before a reload, say. */
export function keepReading(requestId: string): void {
  if (!reading.has(requestId)) void readOn(requestId, null);
}

async function readOn(requestId: string, response: Response | null): Promise<void> {
  reading.add(requestId);
  try {
    if (response?.body && (await readToDone(response.body))) return;
    const answer = followAnswer(requestId, browserIo);
    while (!(await answer.next()).done);
  } finally {
    reading.delete(requestId);
  }
}

/** Whether the stream came to its end; a connection that breaks just ends early. */
async function readToDone(body: ReadableStream<Uint8Array>): Promise<boolean> {
  try {
    for await (const { frame } of decodeChatStream(body)) if (frame.status === "done") return true;
  } catch {
    // The rest is read over another connection.
  }
  return false;
}
