import type { IdSource } from "@/lib/domain/ids";
import { GENERAL_KB } from "@/lib/domain/knowledge-base-summary";
import { AppError } from "@/lib/errors";
import type { PassageIndex } from "@/lib/retrieval/passage-index";
import type { ConversationStore, VersionPlace } from "@/lib/store/conversation-store";
import type { RunStore } from "@/lib/store/run-store";
import type { ChatRequest } from "./chat-request";
import { findTurn, toHistory } from "./find-turn";
import type { HistoryTurn, Question } from "./question";
import { findReplayed } from "./replayed-question";

export interface PrepareTurnPorts {
  conversations: ConversationStore;
  runs: RunStore;
  index: PassageIndex;
  ids: IdSource;
}

/** Where the answer goes: a new turn, a new version of an old one, or nowhere (a replay). */
export type Destination =
  | { kind: "turn"; assistantMessageId: string; userMessageId: string }
  | { kind: "version"; place: VersionPlace }
  | { kind: "none" };

export interface PreparedTurn {
  question: Question;
  destination: Destination;
  messageId: string;
  /** Of a private conversation: nothing of it may be recorded elsewhere. */
  private: boolean;
}

/** What a turn is made of before it has an id. */
interface Origin {
  sessionId: string;
  message: string;
  history: HistoryTurn[];
  destination: Destination;
  private: boolean;
}

/**
 * Looks up all that a request refers to. Throws `invalid_request` for an unknown knowledge base,
 * `not_found` for a conversation or answer that this browser does not own and a run that is not stored,
 * `conflict` for a replay whose question is masked, and for what contradicts a conversation's privacy.
 */
export async function prepareTurn(
  request: ChatRequest,
  browserId: string,
  ports: PrepareTurnPorts,
): Promise<PreparedTurn> {
  await requireKnowledgeBase(request.kb_prefix, ports.index);
  const origin = await findOrigin(request, browserId, ports);
  const { destination } = origin;
  requirePrivacy(request, origin);
  const question: Question = {
    request_id: ports.ids.uuid(),
    session_id: origin.sessionId,
    message: origin.message,
    kb_prefix: request.kb_prefix,
    agent_type: request.agent_type,
    history: origin.history,
    overrides: request.overrides ?? {},
    regenerate_of: request.regenerate_of ?? null,
    replay_of: request.replay_of ?? null,
  };
  return { question, destination, messageId: messageIdOf(destination, ports.ids), private: origin.private };
}

/** A conversation is private from its first turn on or never: what was said under one promise stays under it. */
function requirePrivacy(request: ChatRequest, origin: Origin): void {
  if (request.private !== undefined && request.private !== origin.private) {
    const state = origin.private ? "is private" : "is not private";
    throw new AppError("conflict", `This conversation ${state}, and stays so. Begin a new one.`);
  }
  if (request.debug === true && origin.private)
    throw new AppError("conflict", "This conversation is private: none of its requests is recorded.");
}

function messageIdOf(destination: Destination, ids: IdSource): string {
  if (destination.kind === "turn") return destination.assistantMessageId;
  return destination.kind === "version" ? destination.place.message_id : ids.uuid();
}

async function requireKnowledgeBase(prefix: string, index: PassageIndex): Promise<void> {
  if (prefix === "auto" || prefix === GENERAL_KB || (await index.knowledgeBase(prefix))) return;
  const message = "There is no such knowledge base. GET /api/knowledge-bases lists them.";
  throw new AppError("invalid_request", message, {
    issues: [{ path: "kb_prefix", message: "unknown prefix" }],
  });
}

async function findOrigin(request: ChatRequest, browserId: string, ports: PrepareTurnPorts): Promise<Origin> {
  if (request.replay_of)
    return {
      ...(await findReplayed(request.replay_of, ports)),
      destination: { kind: "none" },
      private: false,
    };
  if (request.regenerate_of)
    return versionOrigin(request.regenerate_of, request.session_id, browserId, ports);
  return turnOrigin(request, browserId, ports);
}

async function turnOrigin(request: ChatRequest, browserId: string, ports: PrepareTurnPorts): Promise<Origin> {
  const sessionId = request.session_id ?? ports.ids.uuid();
  const conversation = request.session_id ? await ports.conversations.conversation(request.session_id) : null;
  if (conversation && conversation.owner !== browserId) throw unknownConversation();
  return {
    sessionId,
    message: request.message,
    history: conversation ? toHistory(conversation.messages) : [],
    destination: { kind: "turn", userMessageId: ports.ids.uuid(), assistantMessageId: ports.ids.uuid() },
    private: conversation ? conversation.private : request.private === true,
  };
}

async function versionOrigin(
  requestId: string,
  sessionId: string | undefined,
  browserId: string,
  { conversations }: PrepareTurnPorts,
): Promise<Origin> {
  const place = await conversations.findVersion(requestId);
  if (!place || place.owner !== browserId || (sessionId && sessionId !== place.session_id))
    throw unknownAnswer();
  const found = await findTurn(place, conversations);
  if (!found) throw unknownAnswer();
  return { sessionId: place.session_id, ...found, destination: { kind: "version", place } };
}

function unknownConversation() {
  return new AppError("not_found", "There is no such conversation in this browser.");
}

function unknownAnswer() {
  return new AppError("not_found", "There is no such answer in this browser.");
}
