import type { IdSource } from "@/lib/domain/ids";
import { GENERAL_KB } from "@/lib/domain/knowledge-base";
import { AppError } from "@/lib/errors";
import type { PassageIndex } from "@/lib/retrieval/passage-index";
import { emptyRecord, reduceEvents } from "@/lib/run-view/reduce-run";
import { MASK } from "@/lib/security/mask";
import type { Conversation, ConversationStore, VersionPlace } from "@/lib/store/conversation-store";
import type { RunStore } from "@/lib/store/run-store";
import type { ChatRequest } from "./chat-request";
import type { HistoryTurn, Question } from "./question";

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
}

/** What a turn is made of before it has an id. */
interface Origin {
  sessionId: string;
  message: string;
  history: HistoryTurn[];
  destination: Destination;
}

/**
 * Looks up all that a request refers to. Throws `invalid_request` for an unknown knowledge base,
 * `not_found` for a conversation, answer or run that this browser does not own.
 */
export async function prepareTurn(
  request: ChatRequest,
  browserId: string,
  ports: PrepareTurnPorts,
): Promise<PreparedTurn> {
  await requireKnowledgeBase(request.kb_prefix, ports.index);
  const origin = await findOrigin(request, browserId, ports);
  const { destination } = origin;
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
  return { question, destination, messageId: messageIdOf(destination, ports.ids) };
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
  if (request.replay_of) return replayOrigin(request.replay_of, ports);
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
  return { sessionId: place.session_id, ...found, destination: { kind: "version", place } };
}

async function replayOrigin(requestId: string, ports: PrepareTurnPorts): Promise<Origin> {
  const place = await ports.conversations.findVersion(requestId);
  if (place) {
    const found = await findTurn(place, ports.conversations);
    return { sessionId: place.session_id, ...found, destination: { kind: "none" } };
  }
  const slice = await ports.runs.read(requestId, 0);
  if (!slice) throw unknownAnswer();
  const { session_id, message } = reduceEvents(emptyRecord(requestId), slice.events);
  if (message.includes(MASK)) {
    throw new AppError(
      "conflict",
      "The original question is gone and its copy is masked, so it cannot be replayed.",
    );
  }
  return { sessionId: session_id, message, history: [], destination: { kind: "none" } };
}

/** The user's words before an answer, and the turns before those. */
async function findTurn(place: VersionPlace, conversations: ConversationStore) {
  const messages = (await conversations.conversation(place.session_id))?.messages ?? [];
  const index = messages.findIndex(({ message_id }) => message_id === place.message_id);
  const asked = messages[index - 1];
  if (asked?.role !== "user") throw unknownAnswer();
  return { message: asked.content, history: toHistory(messages.slice(0, index - 1)) };
}

function toHistory(messages: Conversation["messages"]): HistoryTurn[] {
  return messages
    .map((message) =>
      message.role === "user"
        ? { role: message.role, content: message.content }
        : { role: message.role, content: message.versions[message.active]?.content ?? "" },
    )
    .filter(({ content }) => content !== "");
}

function unknownConversation() {
  return new AppError("not_found", "There is no such conversation in this browser.");
}

function unknownAnswer() {
  return new AppError("not_found", "There is no such answer in this browser.");
}
