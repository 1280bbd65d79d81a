import { encodeAtRest } from "./at-rest-codec";
import { encodeFeedback, encodePlacedVersion, encodeShare, type StoredVersion } from "./conversation-codec";
import type { Conversation } from "./conversation-store";

/** A user's message as its field holds it. */
export function encodeUserMessage({
  content,
  at,
  after,
}: {
  content: string;
  at: number;
  after: string | null;
}): string {
  return encodeAtRest({ role: "user", content, at, after });
}

/** A version and that it is the active one of its answer, as fields with their values. */
export function addedVersionFields(messageId: string, version: StoredVersion): string[] {
  const { request_id } = version;
  return [`v:${request_id}`, encodePlacedVersion(messageId, version), `a:${messageId}`, request_id];
}

/** A whole conversation as fields with their values. */
export function insertFields(conversation: Conversation): (string | number)[] {
  const { owner, title, created_at, updated_at, turns, pinned, share, messages } = conversation;
  const flags = { pinned: pinned ? 1 : 0, private: conversation.private ? 1 : 0 };
  const summary = { v: 1, owner, title, created_at, updated_at, turns, ...flags };
  return [...Object.entries(summary).flat(), "share", encodeShare(share), ...messages.flatMap(messageFields)];
}

function messageFields(message: Conversation["messages"][number]): string[] {
  const { message_id, at } = message;
  if (message.role === "user") return [`m:${message_id}`, encodeUserMessage(message)];
  const active = message.versions[message.active]?.request_id;
  return [
    `m:${message_id}`,
    encodeAtRest({ role: "assistant", at }),
    ...message.versions.flatMap(({ feedback, ...version }) => [
      `v:${version.request_id}`,
      encodePlacedVersion(message_id, version),
      `f:${version.request_id}`,
      encodeFeedback(feedback),
    ]),
    ...(active === undefined ? [] : [`a:${message_id}`, active]),
  ];
}
