import type { DatabaseSync } from "node:sqlite";
import type { AnswerVersion, ConversationMessage, ConversationShare } from "@/lib/events/conversation-answer";
import {
  encodeFeedback,
  encodeShare,
  encodeVersion,
  runningVersion,
  type StoredVersion,
} from "./conversation-codec";
import type { CitedPassage, Conversation, NewTurn } from "./conversation-store";
import { foreignConversation } from "./foreign-conversation";

/** Changes of conversations, each of which may be made again without effect. The caller provides transactions. */
export function createConversationWriter(database: DatabaseSync, now: () => number) {
  const sql = prepareStatements(database);

  function begin(conversation: Omit<Conversation, "messages" | "turns" | "share">): void {
    const { session_id, owner, title, created_at, updated_at } = conversation;
    sql.insertConversation.run({
      session_id,
      owner,
      title,
      created_at,
      updated_at,
      pinned: Number(conversation.pinned),
      private: Number(conversation.private),
      now: now(),
    });
  }

  function touch(session_id: string, at: number): void {
    sql.touch.run({ session_id, at, now: now() });
  }

  function addVersion(session_id: string, message_id: string, added: StoredVersion, at: number): void {
    const { request_id } = added;
    const version = encodeVersion(added);
    sql.insertVersion.run({ session_id, message_id, request_id, version, feedback: null });
    sql.activateLast.run({ session_id, message_id });
    touch(session_id, at);
  }

  function addTurn({ session_id, owner, title, at, user, assistant, ...turn }: NewTurn): void {
    begin({ session_id, owner, title, created_at: at, updated_at: at, pinned: false, private: turn.private });
    if (sql.owner.get({ session_id })?.owner !== owner) throw foreignConversation();
    sql.insertMessage.run({
      session_id,
      message_id: user.message_id,
      role: "user",
      content: user.content,
      at,
      after: user.after,
    });
    sql.insertMessage.run({
      session_id,
      message_id: assistant.message_id,
      role: "assistant",
      content: "",
      at,
      after: null,
    });
    addVersion(session_id, assistant.message_id, runningVersion(assistant.request_id), at);
  }

  function putMessage(session_id: string, message: ConversationMessage): void {
    const { message_id, role, at } = message;
    const [content, after] = message.role === "user" ? [message.content, message.after] : ["", null];
    sql.insertMessage.run({ session_id, message_id, role, content, at, after });
    if (message.role === "user") return;
    for (const { feedback, ...version } of message.versions) {
      const row = { session_id, message_id, request_id: version.request_id };
      sql.insertVersion.run({ ...row, version: encodeVersion(version), feedback: encodeFeedback(feedback) });
    }
    sql.activate.run({ session_id, message_id, active: message.active });
  }

  function setShare(session_id: string, share: ConversationShare | null): void {
    const share_id = share?.share_id ?? null;
    sql.setShare.run({ session_id, share: encodeShare(share), share_id, now: now() });
  }

  function insert(conversation: Conversation): void {
    begin(conversation);
    for (const message of conversation.messages) putMessage(conversation.session_id, message);
    setShare(conversation.session_id, conversation.share);
  }

  return {
    addTurn,
    addVersion,
    insert,
    setShare,
    activate(session_id: string, message_id: string, request_id: string): void {
      const row = sql.activateVersion.get({ session_id, message_id, request_id });
      if (row) touch(session_id, 0);
    },
    finishVersion(session_id: string, version: StoredVersion, at: number): void {
      sql.finishVersion.run({ session_id, request_id: version.request_id, version: encodeVersion(version) });
      touch(session_id, at);
    },
    setFeedback(request_id: string, feedback: AnswerVersion["feedback"]): void {
      const row = sql.setFeedback.get({ request_id, feedback: encodeFeedback(feedback) });
      if (row) touch(String(row.session_id), 0);
    },
    update(session_id: string, { title, pinned }: { title?: string; pinned?: boolean }): void {
      const flag = pinned === undefined ? null : Number(pinned);
      sql.update.run({ session_id, title: title ?? null, pinned: flag, now: now() });
    },
    keepPassages(session_id: string, passages: readonly CitedPassage[]): void {
      for (const { passage_id, text } of passages) sql.keepPassage.run({ session_id, passage_id, text });
    },
    remove: (session_id: string) => void sql.remove.run({ session_id }),
    /** Removes what was changed last before this instant. */
    purge: (oldest: number) => void sql.purge.run({ oldest }),
    /** Removes all but so many that were changed last. */
    trim: (max: number) => void sql.trim.run({ max }),
    /** Makes the stored conversation equal to this one. */
    replace(conversation: Conversation): void {
      sql.remove.run({ session_id: conversation.session_id });
      insert(conversation);
    },
  };
}

function prepareStatements(database: DatabaseSync) {
  return {
    purge: database.prepare("DELETE FROM conversations WHERE changed_at < :oldest"),
    trim: database.prepare(
      `DELETE FROM conversations WHERE changed_at <
         (SELECT changed_at FROM conversations ORDER BY changed_at DESC LIMIT 1 OFFSET :max - 1)`,
    ),
    owner: database.prepare("SELECT owner FROM conversations WHERE session_id = :session_id"),
    insertConversation: database.prepare(
      `INSERT INTO conversations (session_id, owner, title, created_at, updated_at, pinned, changed_at, private)
       VALUES (:session_id, :owner, :title, :created_at, :updated_at, :pinned, :now, :private)
       ON CONFLICT (session_id) DO NOTHING`,
    ),
    touch: database.prepare(
      `UPDATE conversations SET changed_at = :now, updated_at = max(updated_at, :at) WHERE session_id = :session_id`,
    ),
    insertMessage: database.prepare(
      `INSERT INTO messages (session_id, message_id, role, content, at, after)
       VALUES (:session_id, :message_id, :role, :content, :at, :after) ON CONFLICT (session_id, message_id) DO NOTHING`,
    ),
    insertVersion: database.prepare(
      `INSERT INTO versions (session_id, message_id, request_id, version, feedback)
       SELECT session_id, message_id, :request_id, :version, :feedback FROM messages
       WHERE session_id = :session_id AND message_id = :message_id AND role = 'assistant'
       ON CONFLICT (request_id) DO NOTHING`,
    ),
    activateLast: database.prepare(
      `UPDATE messages SET active = (SELECT count(*) - 1 FROM versions
         WHERE session_id = :session_id AND message_id = :message_id)
       WHERE session_id = :session_id AND message_id = :message_id`,
    ),
    activate: database.prepare(
      "UPDATE messages SET active = :active WHERE session_id = :session_id AND message_id = :message_id",
    ),
    activateVersion: database.prepare(
      `UPDATE messages SET active = (SELECT count(*) FROM versions
         WHERE session_id = :session_id AND message_id = :message_id
           AND position < (SELECT position FROM versions WHERE request_id = :request_id))
       WHERE session_id = :session_id AND message_id = :message_id
         AND EXISTS (SELECT 1 FROM versions WHERE request_id = :request_id AND message_id = :message_id)
       RETURNING session_id`,
    ),
    setShare: database.prepare(
      "UPDATE conversations SET share = :share, share_id = :share_id, changed_at = :now WHERE session_id = :session_id",
    ),
    finishVersion: database.prepare(
      "UPDATE versions SET version = :version WHERE request_id = :request_id AND session_id = :session_id",
    ),
    setFeedback: database.prepare(
      "UPDATE versions SET feedback = :feedback WHERE request_id = :request_id RETURNING session_id",
    ),
    update: database.prepare(
      `UPDATE conversations SET title = coalesce(:title, title), pinned = coalesce(:pinned, pinned), changed_at = :now
       WHERE session_id = :session_id`,
    ),
    keepPassage: database.prepare(
      `INSERT INTO cited_passages (session_id, passage_id, text)
       SELECT session_id, :passage_id, :text FROM conversations WHERE session_id = :session_id
       ON CONFLICT (session_id, passage_id) DO NOTHING`,
    ),
    remove: database.prepare("DELETE FROM conversations WHERE session_id = :session_id"),
  };
}
