import { GENERAL_KB } from "@/lib/domain/general-kb";
import type { IdSource } from "@/lib/domain/ids";
import { AppError, isUnavailable } from "@/lib/errors";
import { attachmentBase } from "@/lib/retrieval/attachment-base";
import type { PassageIndex } from "@/lib/retrieval/passage-index";
import type { Conversation, ConversationStore, VersionPlace } from "@/lib/store/conversation-store";
import type { RunStore } from "@/lib/store/run-store";
import { activePath, findTurnOf } from "./active-path";
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
  | { kind: "turn"; assistantMessageId: string; userMessageId: string; after: string | null }
  /** `question` is null for the user's message as it was first sent. */
  | { kind: "version"; place: VersionPlace; question: string | null }
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
  continues: Question["continues"];
  /** Where the answer that goes on was looked for; null leaves it to the request. */
  kbPrefix: string | null;
  private: boolean;
}

/** An answer that begins anew. */
const NEW = { continues: null, kbPrefix: null } as const;

/**
 * Looks up all that a request refers to. Throws `invalid_request` for an unknown knowledge base,
 * `not_found` for a conversation or answer that this browser does not own and a run that is not stored,
 * `conflict` for a replay whose question is masked, an answer that cannot go on, and what contradicts a
 * conversation's privacy.
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
    kb_prefix: origin.kbPrefix ?? request.kb_prefix,
    agent_type: request.agent_type,
    history: origin.history,
    overrides: request.overrides ?? {},
    regenerate_of: request.regenerate_of ?? request.continue_of ?? null,
    replay_of: request.replay_of ?? null,
    continues: origin.continues,
    attachments: await attachmentsOf(origin.sessionId, browserId, ports.index),
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

async function isKnowledgeBase(prefix: string, index: PassageIndex): Promise<boolean> {
  return prefix === GENERAL_KB || (await index.knowledgeBase(prefix)) !== null;
}

/** Files that cannot be found yet do not hold up the question. */
async function attachmentsOf(
  sessionId: string,
  browserId: string,
  index: PassageIndex,
): Promise<string | null> {
  const prefix = attachmentBase(sessionId, browserId);
  const documents = await index.documents(prefix);
  return documents.length > 0 ? prefix : null;
}

async function requireKnowledgeBase(prefix: string, index: PassageIndex): Promise<void> {
  if (prefix === "auto" || (await isKnowledgeBase(prefix, index))) return;
  const message = "There is no such knowledge base. GET /api/knowledge-bases lists them.";
  throw new AppError("invalid_request", message, {
    issues: [{ path: "kb_prefix", message: "unknown prefix" }],
  });
}

async function findOrigin(request: ChatRequest, browserId: string, ports: PrepareTurnPorts): Promise<Origin> {
  if (request.replay_of)
    return {
      ...(await findReplayed(request.replay_of, ports)),
      ...NEW,
      destination: { kind: "none" },
      private: false,
    };
  if (request.continue_of) return continuedOrigin(request.continue_of, request, browserId, ports);
  if (request.regenerate_of) return versionOrigin(request.regenerate_of, request, browserId, ports);
  return turnOrigin(request, browserId, ports);
}

async function turnOrigin(request: ChatRequest, browserId: string, ports: PrepareTurnPorts): Promise<Origin> {
  const sessionId = request.session_id ?? ports.ids.uuid();
  const conversation = request.session_id ? await findOrBegin(request.session_id, ports) : null;
  if (conversation && conversation.owner !== browserId) throw unknownConversation();
  const path = activePath(conversation?.messages ?? []);
  const last = path.at(-1)?.answer;
  const after = last?.versions[last.active]?.request_id ?? null;
  const [userMessageId, assistantMessageId] = [ports.ids.uuid(), ports.ids.uuid()];
  return {
    ...NEW,
    sessionId,
    message: request.message,
    history: toHistory(path),
    destination: { kind: "turn", userMessageId, assistantMessageId, after },
    private: conversation ? conversation.private : request.private === true,
  };
}

/** Chats begin and go on while their store is away: what it may have of this one is then not known. */
async function findOrBegin(
  sessionId: string,
  { conversations }: PrepareTurnPorts,
): Promise<Conversation | null> {
  try {
    return await conversations.conversation(sessionId);
  } catch (error) {
    if (isUnavailable(error)) return null;
    throw error;
  }
}

async function versionOrigin(
  requestId: string,
  { session_id, message }: ChatRequest,
  browserId: string,
  { conversations }: PrepareTurnPorts,
): Promise<Origin> {
  const place = await requirePlace(requestId, session_id, browserId, conversations);
  const found = await findTurn(requestId, place, conversations);
  if (!found) throw unknownAnswer();
  const question = message === found.original ? null : message;
  return {
    ...NEW,
    sessionId: place.session_id,
    message,
    history: found.history,
    private: found.private,
    destination: { kind: "version", place, question },
  };
}

/** The same question, whatever the request's message is: what was written is an answer to that one only. */
async function continuedOrigin(
  requestId: string,
  { session_id }: ChatRequest,
  browserId: string,
  { conversations, index }: PrepareTurnPorts,
): Promise<Origin> {
  const place = await requirePlace(requestId, session_id, browserId, conversations);
  const found = await findTurn(requestId, place, conversations);
  const message = findTurnOf(
    (await conversations.conversation(place.session_id))?.messages ?? [],
    place.message_id,
  );
  const version = message?.answer.versions.find(({ request_id }) => request_id === requestId);
  if (!found || !version) throw unknownAnswer();
  const isOpen = version.status === "aborted" || version.status === "error" || version.cut_short;
  if (!isOpen || version.content.trim() === "") {
    throw new AppError("conflict", "This answer is complete; ask for another version of it instead.");
  }
  const kbPrefix = version.stats?.kb_prefix ?? "";
  return {
    sessionId: place.session_id,
    message: found.message,
    history: found.history,
    private: found.private,
    continues: { text: version.content, passage_ids: version.sources.map(({ passage_id }) => passage_id) },
    kbPrefix: (await isKnowledgeBase(kbPrefix, index)) ? kbPrefix : null,
    destination: { kind: "version", place, question: version.question },
  };
}

async function requirePlace(
  requestId: string,
  sessionId: string | undefined,
  browserId: string,
  conversations: ConversationStore,
): Promise<VersionPlace> {
  const place = await conversations.findVersion(requestId);
  const isOwn = place?.owner === browserId && (!sessionId || sessionId === place.session_id);
  if (!place || !isOwn) throw unknownAnswer();
  return place;
}

function unknownConversation() {
  return new AppError("not_found", "There is no such conversation in this browser.");
}

function unknownAnswer() {
  return new AppError("not_found", "There is no such answer in this browser.");
}
