import { limitOf } from "@/lib/domain/limit-name";
import type { Ask, AskFailure } from "./live-turn";

const JSON_HEADERS = { "content-type": "application/json" };

/** The body of `POST /api/chat`; what has its default is left out. */
function toChatBody(ask: Ask) {
  return {
    message: ask.message,
    session_id: ask.sessionId,
    kb_prefix: ask.kbPrefix,
    agent_type: ask.agentType,
    ...(ask.regenerateOf === null ? {} : { regenerate_of: ask.regenerateOf }),
    ...(ask.continueOf === null ? {} : { continue_of: ask.continueOf }),
    ...(ask.private ? { private: true } : {}),
  };
}

export function postChat(http: typeof fetch, ask: Ask): Promise<Response> {
  return http("/api/chat", { method: "POST", headers: JSON_HEADERS, body: JSON.stringify(toChatBody(ask)) });
}

/** The frames after `after`, and those to come. */
export function getStream(http: typeof fetch, requestId: string, after: number): Promise<Response> {
  return http(`/api/chat/${requestId}/stream?after=${after}`);
}

export function postStop(http: typeof fetch, requestId: string): Promise<Response> {
  return http(`/api/chat/${requestId}/stop`, { method: "POST" });
}

/** Reads the error shape of a refused question. */
export async function toFailure(response: Response): Promise<AskFailure> {
  const { apiErrorSchema } = await import("@/lib/domain/api");
  const body = apiErrorSchema.safeParse(await response.json().catch(() => null));
  const message = body.success ? body.data.error.message : "";
  const limit = limitOf(body.data?.error.issues);
  if (response.status === 429) return { code: "rate_limited", message, ...(limit && { limit }) };
  if (response.status >= 500) return { code: "unavailable", message };
  return { code: "rejected", message };
}
