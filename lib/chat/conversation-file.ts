import { z } from "zod";
import { extend } from "zod/mini";
import { AppError } from "@/lib/errors";
import { answerVersionSchema, type ConversationMessage } from "@/lib/events/conversation-answer";
import type { Conversation } from "@/lib/store/conversation-store";

const FORMAT = "sidetrace-conversation";
const VERSION = 1;
const MOST_MESSAGES = 10_000;
const MOST_VERSIONS = 200;
const MAX_ID = 100;
const MAX_TITLE = 200;

const idSchema = z.string().min(1).max(MAX_ID);
const messageSchema = z.discriminatedUnion("role", [
  z.object({
    role: z.literal("user"),
    message_id: idSchema,
    content: z.string().min(1),
    at: z.number(),
    after: idSchema.nullable().default(null),
  }),
  z.object({
    role: z.literal("assistant"),
    message_id: idSchema,
    at: z.number(),
    active: z.int().nonnegative(),
    versions: z
      .array(extend(answerVersionSchema, { request_id: idSchema }))
      .min(1)
      .max(MOST_VERSIONS),
  }),
]);

/** An exported conversation: all of its branches and versions. What owns or shares it stays where it was. */
export const conversationFileSchema = z
  .strictObject({
    format: z.literal(FORMAT),
    v: z.int().positive(),
    session_id: z.string(),
    title: z.string().trim().min(1).max(MAX_TITLE),
    created_at: z.number(),
    updated_at: z.number(),
    turns: z.number(),
    pinned: z.boolean(),
    private: z.boolean().default(false),
    messages: z.array(messageSchema).min(2).max(MOST_MESSAGES),
  })
  .superRefine(({ messages }, context) => {
    const complain = (index: number, message: string) =>
      context.addIssue({ code: "custom", path: ["messages", index], message });
    if (messages.length % 2 === 1) complain(messages.length - 1, "is a question without its answer");
    for (const [index, message] of messages.entries()) {
      if (message.role !== (index % 2 === 0 ? "user" : "assistant"))
        complain(index, "questions and answers must take turns");
      else if (message.role === "assistant" && message.active >= message.versions.length)
        complain(index, "active is none of its versions");
    }
    const ids = messages.flatMap((message) =>
      message.role === "user"
        ? [message.message_id]
        : [message.message_id, ...message.versions.map(({ request_id }) => request_id)],
    );
    if (new Set(ids).size < ids.length) complain(0, "an id is there twice");
  });
type ConversationFile = z.infer<typeof conversationFileSchema>;

/** A conversation as a file that can be imported elsewhere. */
export function toConversationFile({ owner: _owner, share: _share, ...conversation }: Conversation) {
  return { format: FORMAT, v: VERSION, ...conversation };
}

/** Throws `conflict` for a file of a later version, whatever else is in it. */
export function refuseLaterFile(value: unknown): void {
  const versioned = z.object({ format: z.literal(FORMAT), v: z.number() }).safeParse(value);
  if (!versioned.success || versioned.data.v <= VERSION) return;
  throw new AppError(
    "conflict",
    "This file was made by a later version of Sidetrace; update this server to import it.",
  );
}

/** A conversation of the importer out of a file: under new ids, since the old ones may still be there. */
export function fromConversationFile(
  file: ConversationFile,
  owner: string,
  { uuid, now }: { uuid(): string; now: number },
): Conversation {
  const ids = new Map<string, string>();
  const renew = (id: string) => {
    const fresh = ids.get(id) ?? uuid();
    ids.set(id, fresh);
    return fresh;
  };
  const messages = file.messages.map((message): ConversationMessage => {
    const message_id = renew(message.message_id);
    if (message.role === "user") {
      const after = message.after === null ? null : renew(message.after);
      return { ...message, message_id, after };
    }
    const versions = message.versions.map((version) => ({
      ...closed(version),
      request_id: renew(version.request_id),
      sources: version.sources.map((source) => ({ ...source, url: placeOf(source) })),
    }));
    return { ...message, message_id, versions };
  });
  return {
    session_id: uuid(),
    owner,
    title: file.title,
    created_at: Math.min(file.created_at, now),
    updated_at: now,
    turns: messages.length / 2,
    pinned: false,
    private: file.private,
    share: null,
    messages,
  };
}

/** Nobody makes an answer that was being made when it was exported. */
function closed(version: z.infer<typeof answerVersionSchema>) {
  return version.status === "running" ? { ...version, status: "aborted" as const } : version;
}

/** An address in a file is anybody's word: a source leads to its document here. */
function placeOf({ document_id, passage_id }: { document_id: string; passage_id: string }): string {
  return `/documents/${encodeURIComponent(document_id)}#${encodeURIComponent(passage_id)}`;
}
