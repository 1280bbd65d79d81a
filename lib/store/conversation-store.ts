import type { Feedback } from "@/lib/domain/feedback";
import type { AnswerVersion, ConversationMessage, ConversationShare } from "@/lib/events/conversation-answer";

export interface SessionSummary {
  session_id: string;
  title: string;
  created_at: number;
  updated_at: number;
  /** User turns. */
  turns: number;
  pinned: boolean;
  /** Nothing of it is recorded elsewhere; decided by its first turn. */
  private: boolean;
}

export interface Conversation extends SessionSummary {
  /** Browser that owns it. */
  owner: string;
  messages: ConversationMessage[];
  /** Null when it is not shared. */
  share: ConversationShare | null;
}

export interface SessionPage {
  items: SessionSummary[];
  next: string | null;
}

/** A user turn and the answer that is about to be made. */
export interface NewTurn {
  session_id: string;
  owner: string;
  /** Used when the conversation begins with this turn. */
  title: string;
  /** Used likewise. */
  private: boolean;
  at: number;
  user: { message_id: string; content: string; after: string | null };
  assistant: { message_id: string; request_id: string };
}

/** A passage as an answer cited it: its id stands for exactly this text, whatever becomes of the document. */
export interface CitedPassage {
  passage_id: string;
  text: string;
}

/** Where an answer's version lives. */
export interface VersionPlace {
  session_id: string;
  message_id: string;
  owner: string;
}

/**
 * Port: the users' own conversations, unmasked, kept `CONVERSATION_TTL_DAYS` from the last change.
 * Writing twice what is there already changes nothing. What is written to a conversation, answer or version that is
 * not there (any more) is ignored; only a turn and an import begin a conversation. While only a copy of a part is at
 * hand, what is looked up by its id and is not in it is not null: that throws `unavailable`.
 */
export interface ConversationStore {
  conversation(sessionId: string): Promise<Conversation | null>;
  /**
   * Newest first, pinned ones before all others; `q` searches titles and texts in any case.
   * Throws `invalid_request` when `before` is not a cursor of this list.
   */
  list(owner: string, query: { q?: string; before?: string; limit: number }): Promise<SessionPage>;
  /**
   * Adds both messages; the answer begins as a version with status `running`.
   * Throws `not_found` when the conversation belongs to another browser.
   */
  addTurn(turn: NewTurn): Promise<void>;
  /** Keeps a whole conversation under an id that is new, or none of it. */
  insert(conversation: Conversation): Promise<void>;
  /** Adds a running version to an answer and makes it the active one; `question` as in the version. */
  addVersion(place: VersionPlace, requestId: string, at: number, question: string | null): Promise<void>;
  /** Shows this version of its answer from now on. */
  activate(place: VersionPlace, requestId: string): Promise<void>;
  /** Replaces the version with the same request_id; its feedback stays. */
  finishVersion(place: VersionPlace, version: Omit<AnswerVersion, "feedback">, at: number): Promise<void>;
  setFeedback(requestId: string, feedback: Feedback | null): Promise<void>;
  /** Which conversation holds this answer; null when none does. */
  findVersion(requestId: string): Promise<VersionPlace | null>;
  /** Shares a conversation, in place of how it was shared before; null ends that. */
  setShare(sessionId: string, share: ConversationShare | null): Promise<void>;
  /** The conversation that is shared under this id; null when none is (any more). */
  findShared(shareId: string): Promise<string | null>;
  /** Keeps passages as long as the conversation; those that it has already stay as they are. */
  keepPassages(sessionId: string, passages: readonly CitedPassage[]): Promise<void>;
  /** The text of a passage that was kept; null when it was not. */
  citedPassage(sessionId: string, passageId: string): Promise<string | null>;
  update(sessionId: string, patch: { title?: string; pinned?: boolean }): Promise<void>;
  delete(sessionId: string): Promise<void>;
}
