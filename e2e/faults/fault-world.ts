import { expect } from "vitest";
import { z } from "zod";
import { type ErrorCode, HTTP_STATUS } from "@/lib/errors";
import type { ChatFrame } from "@/lib/events/chat-frame";
import { decodeChatStream } from "@/lib/events/sse";
import { streamErrorCodeSchema } from "@/lib/events/stream-error";
import { until } from "@/lib/store/until";
import type { AppServer } from "../support/app-server";
import { type Client, createClient, textOf } from "../support/ask";
import type { SidebarFact, UserFact } from "./fault-row";
import { type AcceptedAnswer, expectKept } from "./kept-answers";

/** A question, what came of it, and what it is called. */
export interface Asked {
  requestId: string;
  sessionId: string;
  text: string;
  user: UserFact;
}

export interface AskOptions {
  /** Done once, after the first token. */
  within?: () => Promise<void>;
  sessionId?: string;
}

/** An app under faults, and everything that it has accepted. */
export interface FaultWorld {
  app: AppServer;
  client: Client;
  /** Asks and reads to the end, whatever that is. A connection that breaks is thrown. */
  ask(options?: AskOptions): Promise<Asked>;
  /** What the sidebar says of a request as soon as that is what is waited for. */
  sidebar(requestId: string, isIt?: (fact: SidebarFact) => boolean): Promise<SidebarFact>;
  /** Keeps an answer in mind that was not read to its end. */
  accept(answer: AcceptedAnswer): void;
  /** The next question is answered whole, all answers before are kept, and nothing secret was printed. */
  expectWell(): Promise<void>;
}

const QUESTION = "How long is debug data kept?";
const FACT_MS = 30_000;
const codeSchema = z.custom<ErrorCode>((code) => typeof code === "string" && code in HTTP_STATUS);
const refusalSchema = z.object({ error: z.object({ code: codeSchema }) });
const debugSchema = z.object({
  status: z.enum(["success", "error", "aborted", "running"]),
  source: z.enum(["redis", "memory"]),
  degraded: z.boolean(),
  events: z.array(
    z.object({ type: z.string(), error: z.object({ code: streamErrorCodeSchema }).nullish().catch(null) }),
  ),
  trace: z.object({ state: z.string(), reason: z.string().nullable() }),
});

/** `secrets` are what no line of the log may have, beside the question. */
export function createFaultWorld(app: AppServer, secrets: readonly string[] = []): FaultWorld {
  const client = createClient(app.url);
  const accepted: AcceptedAnswer[] = [];

  async function ask({ within, sessionId }: AskOptions = {}): Promise<Asked> {
    const body = { message: QUESTION, kb_prefix: "sidetrace", ...(sessionId && { session_id: sessionId }) };
    const response = await client.fetch("/api/chat", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok || !response.body) return refused(response);
    const frames: ChatFrame[] = [];
    let isWithin = false;
    for await (const { frame } of decodeChatStream(response.body)) {
      frames.push(frame);
      if (frame.status !== "token" || isWithin) continue;
      isWithin = true;
      await within?.();
    }
    const asked = toAsked(frames);
    accepted.push({ ...asked, status: statusOf(asked.user) });
    return asked;
  }

  async function sidebar(
    requestId: string,
    isIt: (fact: SidebarFact) => boolean = () => true,
  ): Promise<SidebarFact> {
    let seen: SidebarFact | null = null;
    const look = async () => {
      seen = await readSidebar(client, requestId);
      return seen !== null && isIt(seen);
    };
    await until(look, FACT_MS).catch(() => {
      throw new Error(`The sidebar says ${JSON.stringify(seen)}.`);
    });
    if (!seen) throw new Error("There is no record.");
    return seen;
  }

  async function expectWell(): Promise<void> {
    let last: UserFact | null = null;
    const isAnswered = async () => {
      last = (await ask()).user;
      return last.kind === "answer";
    };
    await until(isAnswered, FACT_MS).catch((error: unknown) => {
      throw new Error(`The next question: ${JSON.stringify(last)}`, { cause: error });
    });
    await expectKept(client, accepted);
    for (const secret of [QUESTION, ...secrets]) expect(app.output()).not.toContain(secret);
  }

  return { app, client, ask, sidebar, accept: (answer) => void accepted.push(answer), expectWell };
}

async function refused(response: Response): Promise<Asked> {
  const { error } = refusalSchema.parse(await response.json());
  const user: UserFact = { kind: "refused", status: response.status, code: error.code };
  return { requestId: "", sessionId: "", text: "", user };
}

function toAsked(frames: readonly ChatFrame[]): Asked {
  const start = frames.find((frame) => frame.status === "start");
  if (!start) throw new Error("The stream has no start.");
  const { request_id: requestId, session_id: sessionId } = start;
  return { requestId, sessionId, text: textOf(frames), user: toUserFact(frames) };
}

/** What the frames of a stream come to; throws when it has no end. */
export function toUserFact(frames: readonly ChatFrame[]): UserFact {
  const done = frames.at(-1);
  if (done?.status !== "done") throw new Error("The stream has no end.");
  const error = frames.find((frame) => frame.status === "error");
  if (error) return { kind: "error", code: error.code, partial: textOf(frames) !== "" };
  return { kind: done.finish_reason === "aborted" ? "stopped" : "answer" };
}

function statusOf({ kind }: UserFact): AcceptedAnswer["status"] {
  if (kind === "error") return "error";
  return kind === "stopped" ? "aborted" : "success";
}

/** Null while the run goes on, or is not known. */
async function readSidebar(client: Client, requestId: string): Promise<SidebarFact | null> {
  const response = await client.fetch(`/api/debug/${requestId}`);
  if (!response.ok) return null;
  const { status, source, degraded, events, trace } = debugSchema.parse(await response.json());
  if (status === "running") return null;
  const error = events.find(({ type }) => type === "run-end")?.error?.code ?? null;
  const { state, reason } = trace;
  return { status, error, source, degraded, trace: state === "disabled" ? null : { state, reason } };
}
