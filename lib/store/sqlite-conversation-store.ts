import type { Clock } from "@/lib/domain/clock";
import { runningVersion } from "./conversation-codec";
import type { CitedPassage, Conversation, ConversationStore } from "./conversation-store";
import { createConversationReader } from "./sqlite-conversation-reader";
import { conversationMigrations } from "./sqlite-conversation-schema";
import { createConversationWriter } from "./sqlite-conversation-writer";
import { openDatabase, transact } from "./sqlite-database";

const DAY_MS = 86_400_000;

export interface SqliteConversationStoreOptions {
  /** A file, whose folder is made when it is missing, or `:memory:`. */
  path: string;
  clock: Clock;
  /** How long a conversation is kept after its last change. */
  ttlDays: number;
  /** Keeps the conversations alone that changed last; all of them where it is left out. */
  maxConversations?: number;
}

export interface SqliteConversationStore extends ConversationStore {
  /** Makes the store's copy of a conversation equal to this one; its passages stay. */
  replace(conversation: Conversation): Promise<void>;
  sessionIds(): string[];
  citedPassages(sessionId: string): CitedPassage[];
  close(): void;
}

/** Conversations in one SQLite file of this machine. Throws AppError when the file cannot be used. */
export function createSqliteConversationStore(
  options: SqliteConversationStoreOptions,
): SqliteConversationStore {
  const { path, clock, ttlDays, maxConversations } = options;
  const oldest = () => clock.now() - ttlDays * DAY_MS;
  const { database, reader, writer } = openDatabase(path, conversationMigrations, (database) => ({
    database,
    reader: createConversationReader(database, oldest),
    writer: createConversationWriter(database, clock.now),
  }));

  /** What has expired goes first, so that no change brings it back. */
  async function write(change: () => void): Promise<void> {
    transact(database, () => {
      writer.purge(oldest());
      change();
      if (maxConversations !== undefined) writer.trim(maxConversations);
    });
  }

  function replace(conversation: Conversation): void {
    const passages = reader.citedPassages(conversation.session_id);
    writer.replace(conversation);
    writer.keepPassages(conversation.session_id, passages);
  }

  return {
    conversation: async (sessionId) => reader.conversation(sessionId),
    list: async (owner, query) => reader.list(owner, query),
    findVersion: async (requestId) => reader.findVersion(requestId),
    addTurn: (turn) => write(() => writer.addTurn(turn)),
    insert: (conversation) => write(() => writer.insert(conversation)),
    addVersion: ({ session_id, message_id }, requestId, at, question) =>
      write(() => writer.addVersion(session_id, message_id, runningVersion(requestId, question), at)),
    activate: ({ session_id, message_id }, requestId) =>
      write(() => writer.activate(session_id, message_id, requestId)),
    setShare: (sessionId, share) => write(() => writer.setShare(sessionId, share)),
    findShared: async (shareId) => reader.findShared(shareId),
    finishVersion: ({ session_id }, version, at) =>
      write(() => writer.finishVersion(session_id, version, at)),
    setFeedback: (requestId, feedback) => write(() => writer.setFeedback(requestId, feedback)),
    keepPassages: (sessionId, passages) => write(() => writer.keepPassages(sessionId, passages)),
    citedPassage: async (sessionId, passageId) => reader.citedPassage(sessionId, passageId),
    update: (sessionId, patch) => write(() => writer.update(sessionId, patch)),
    delete: (sessionId) => write(() => writer.remove(sessionId)),
    sessionIds: reader.sessionIds,
    citedPassages: reader.citedPassages,
    replace: (conversation) => write(() => replace(conversation)),
    close: () => database.close(),
  };
}
