import { setTimeout as wait } from "node:timers/promises";
import { runRecordSchema } from "@/lib/domain/run-record";
import type { ChatFrame } from "@/lib/events/chat-frame";
import { decodeChatStream, type NumberedFrame } from "@/lib/events/sse";
import type { AcceptedAnswer } from "../faults/kept-answers";
import { type Client, createClient, textOf } from "../support/ask";
import { pick } from "./random";
import { type ModelFault, soakAnswer, soakQuestion } from "./soak-model";

/** What all chats of a soak come to. */
export interface SoakTally {
  accepted: { client: Client; answer: AcceptedAnswer }[];
  /** Answers by how they ended. */
  ends: Record<string, number>;
  /** What should not have been, in words. */
  violations: string[];
}

type Behaviour = "read" | "resume" | "stop";

const TURNS = 5;
const FAULTS: readonly (readonly [number, ModelFault])[] = [
  [20, "none"],
  [1, "refuse"],
  [1, "stall"],
  [1, "cut"],
  [1, "garble"],
  [1, "empty"],
];
const BEHAVIOURS: readonly (readonly [number, Behaviour])[] = [
  [17, "read"],
  [2, "resume"],
  [1, "stop"],
];
const TOKENS_BEFORE_LEAVING = 3;
const THINK_MS = 4000;

/** One person: asks, reads, thinks, asks again, begins a new conversation now and then, until the signal. */
export async function chatOn(
  { url, name, random }: { url: string; name: string; random: () => number },
  tally: SoakTally,
  signal: AbortSignal,
): Promise<void> {
  const client = createClient(url);
  let sessionId: string | null = null;
  for (let turn = 0; !signal.aborted; turn += 1) {
    if (turn % TURNS === 0) sessionId = null;
    const fault = pick(random, FAULTS);
    const key = `${name}-${turn}`;
    const behaviour = fault === "none" ? pick(random, BEHAVIOURS) : "read";
    const body = {
      message: soakQuestion(fault, key),
      kb_prefix: "sidetrace",
      ...(sessionId && { session_id: sessionId }),
    };
    try {
      const frames = await converse(client, body, behaviour);
      sessionId = await judge({ client, frames, fault, behaviour, key }, tally);
    } catch (error) {
      tally.violations.push(`${key} (${fault}, ${behaviour}): ${String(error)}`);
    }
    await wait(random() * THINK_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function converse(client: Client, body: object, behaviour: Behaviour): Promise<ChatFrame[]> {
  const leaving = new AbortController();
  const { response, frames } = await client.ask(body, leaving.signal);
  const requestId = response.headers.get("x-request-id") ?? "";
  const read: ChatFrame[] = [];
  for await (const { id, frame } of frames) {
    read.push(frame);
    if (behaviour === "read" || countTokens(read) !== TOKENS_BEFORE_LEAVING || frame.status !== "token")
      continue;
    if (behaviour === "stop") await client.fetch(`/api/chat/${requestId}/stop`, { method: "POST" });
    else return [...read, ...(await resume(client, requestId, id, leaving))];
  }
  return read;
}

/** Leaves as a lost network does, and comes back for what follows. */
async function resume(client: Client, requestId: string, after: number, leaving: AbortController) {
  leaving.abort();
  const response = await client.fetch(`/api/chat/${requestId}/stream?after=${after}`);
  if (!response.ok || !response.body) throw new Error(`resuming: ${response.status}`);
  const read: ChatFrame[] = [];
  for await (const { frame } of decodeChatStream(response.body) as AsyncGenerator<NumberedFrame>)
    read.push(frame);
  return read;
}

const countTokens = (frames: readonly ChatFrame[]) =>
  frames.filter(({ status }) => status === "token").length;

/** What the retrievers of a request say went wrong, as the sidebar shows it. */
async function reasonsOf(client: Client, requestId: string): Promise<string> {
  const record = await client.fetch(`/api/debug/${requestId}?view=record`);
  const { rag_runs } = runRecordSchema.pick({ rag_runs: true }).parse(await record.json());
  return rag_runs.map(({ error }) => error).join("; ");
}

interface Conversed {
  client: Client;
  frames: readonly ChatFrame[];
  fault: ModelFault;
  behaviour: Behaviour;
  key: string;
}

/** Notes what was accepted, and what is wrong with it; the conversation's id. */
async function judge(
  { client, frames, fault, behaviour, key }: Conversed,
  tally: SoakTally,
): Promise<string | null> {
  const start = frames.find((frame) => frame.status === "start");
  const error = frames.find((frame) => frame.status === "error");
  const done = frames.at(-1);
  const text = textOf(frames);
  const end = error?.code ?? (done?.status === "done" ? done.finish_reason : "no end");
  tally.ends[end] = (tally.ends[end] ?? 0) + 1;
  const wrong = (what: string) => tally.violations.push(`${key} (${fault}, ${behaviour}): ${what}`);
  if (!start || end === "no end") {
    wrong("the stream has no start or no end");
    return null;
  }
  if (error && fault === "none")
    wrong(`error ${error.code} without a fault of the model; ${await reasonsOf(client, start.request_id)}`);
  if (!error && fault !== "none") wrong("no error in spite of a fault of the model");
  if (end === "stop" && text !== soakAnswer(key)) wrong("the answer is not what the model wrote");
  if (end === "aborted" && behaviour !== "stop") wrong("stopped by nobody");
  const status = error ? "error" : end === "aborted" ? "aborted" : "success";
  const { request_id: requestId, session_id: sessionId } = start;
  tally.accepted.push({ client, answer: { requestId, sessionId, text, status } });
  return sessionId;
}
