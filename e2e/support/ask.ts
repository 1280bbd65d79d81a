import type { ChatFrame } from "@/lib/events/chat-frame";
import { decodeChatStream, type NumberedFrame } from "@/lib/events/sse";
import { ADMIN_TOKEN, DEBUG_TOKEN } from "./app-server";

/** A script that talks to the app as the contract says, and keeps its browser cookie. */
export interface Client {
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Starts a question; frames come as they are made. */
  ask(
    body: object,
    signal?: AbortSignal,
  ): Promise<{ response: Response; frames: AsyncGenerator<NumberedFrame> }>;
  /** Asks and waits for the end. */
  answer(body: object): Promise<{ requestId: string; frames: ChatFrame[] }>;
}

const TOKENS = { debug: DEBUG_TOKEN, admin: ADMIN_TOKEN };

export function createClient(
  url: string,
  role: "user" | "debug" | "admin" = "debug",
  cookie = { value: "" },
): Client {
  const authorization = role === "user" ? {} : { authorization: `Bearer ${TOKENS[role]}` };
  async function fetchWithCookie(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { ...authorization, ...(cookie.value && { cookie: cookie.value }), ...init.headers };
    const response = await fetch(`${url}${path}`, { ...init, headers });
    const given = response.headers.getSetCookie().find((value) => value.startsWith("sidetrace_browser="));
    if (given) cookie.value = given.split(";")[0] ?? "";
    return response;
  }
  async function ask(body: object, signal?: AbortSignal) {
    const response = await fetchWithCookie("/api/chat", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      ...(signal && { signal }),
    });
    if (!response.ok || !response.body) throw new Error(`${response.status} ${await response.text()}`);
    return { response, frames: decodeChatStream(response.body) };
  }
  return {
    fetch: fetchWithCookie,
    ask,
    async answer(body) {
      const { response, frames } = await ask(body);
      const all: ChatFrame[] = [];
      for await (const { frame } of frames) all.push(frame);
      return { requestId: response.headers.get("x-request-id") ?? "", frames: all };
    },
  };
}

/** The same browser at another process. */
export function sameBrowser(cookie: { value: string }, url: string): Client {
  return createClient(url, "debug", cookie);
}

/** The answer's text. */
export function textOf(frames: readonly ChatFrame[]): string {
  return frames.map((frame) => (frame.status === "token" ? frame.content : "")).join("");
}
