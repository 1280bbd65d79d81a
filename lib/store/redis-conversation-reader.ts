import { z } from "zod";
import type { AnswerVersion, ConversationMessage, ConversationShare } from "@/lib/events/conversation-answer";
import { decodeAtRest, refuseLaterVersion } from "./at-rest-codec";
import { decodeShare, decodeVersion, messageIdOfVersion, searchableTexts } from "./conversation-codec";
import { conversationIndexKey, conversationKeys } from "./conversation-keys";
import type { Conversation, SessionPage, SessionSummary } from "./conversation-store";
import { decodeCursor, type PagePlace, toPage } from "./page-cursor";
import type { RedisClient } from "./redis-client";
import { walkIndex } from "./redis-index";
import { containsText } from "./run-filter";

const SUMMARY_FIELDS = ["title", "created_at", "updated_at", "turns", "pinned", "private"] as const;

const textsSchema = z.array(z.string());
const summarySchema = z.tuple([
  z.string(),
  z.coerce.number(),
  z.coerce.number(),
  z.coerce.number(),
  z.string(),
  // Conversations of an earlier version say nothing: they are not private.
  z.string().nullish(),
]);
const messageSchema = z.discriminatedUnion("role", [
  z.object({
    role: z.literal("user"),
    content: z.string(),
    at: z.number(),
    after: z.string().nullable().default(null),
  }),
  z.object({ role: z.literal("assistant"), at: z.number() }),
]);

/** Reads what the Redis adapter of the conversation store wrote. */
export function createRedisConversationReader(redis: RedisClient) {
  async function conversation(sessionId: string): Promise<Conversation | null> {
    const keys = conversationKeys(sessionId);
    const [hash, list] = await redis.pipeline([
      ["HGETALL", keys.conversation],
      ["LRANGE", keys.order, 0, -1],
    ]);
    const fields = toMap(textsSchema.parse(hash));
    const owner = fields.get("owner");
    if (owner === undefined) return null;
    refuseLaterVersion({ v: Number(fields.get("v")) });
    const summary = toSummary(
      sessionId,
      SUMMARY_FIELDS.map((field) => fields.get(field)),
    );
    const messages = toMessages(fields, textsSchema.parse(list));
    return { ...summary, owner, messages, share: decodeShare(fields.get("share") ?? null) };
  }

  async function list(
    owner: string,
    { q, before, limit }: { q?: string; before?: string; limit: number },
  ): Promise<SessionPage> {
    const index = conversationIndexKey(owner);
    const found: { place: PagePlace; item: SessionSummary }[] = [];
    const expired: string[] = [];
    for await (const places of walkIndex(redis, index, before === undefined ? null : decodeCursor(before))) {
      const summaries = await readSummaries(places);
      for (const [i, place] of places.entries()) {
        const item = summaries[i];
        if (!item) expired.push(place.id);
        else if (q === undefined || (await contains(item, q))) found.push({ place, item });
        if (found.length > limit) break;
      }
      if (found.length > limit) break;
    }
    if (expired.length > 0) await redis.pipeline([["ZREM", index, ...expired]]);
    return toPage(found, limit);
  }

  async function readSummaries(places: readonly PagePlace[]): Promise<(SessionSummary | null)[]> {
    const replies = await redis.pipeline(
      places.map(({ id }) => ["HMGET", conversationKeys(id).conversation, ...SUMMARY_FIELDS]),
    );
    return places.map(({ id }, i) => {
      const fields = z.array(z.string().nullable()).parse(replies[i]);
      return fields[0] === null ? null : toSummary(id, fields);
    });
  }

  async function contains({ session_id, title }: SessionSummary, q: string): Promise<boolean> {
    if (containsText(q, [title])) return true;
    return containsText(q, searchableTexts(title, (await conversation(session_id))?.messages ?? []));
  }

  return {
    conversation,
    list,
    async citedPassage(sessionId: string, passageId: string): Promise<string | null> {
      const [text] = await redis.pipeline([["HGET", conversationKeys(sessionId).passages, passageId]]);
      return typeof text === "string" ? text : null;
    },
    async hasVersion(sessionId: string, requestId: string): Promise<boolean> {
      const key = conversationKeys(sessionId).conversation;
      const [has] = await redis.pipeline([["HEXISTS", key, `v:${requestId}`]]);
      return has === 1;
    },
    async share(sessionId: string): Promise<ConversationShare | null> {
      const [share] = await redis.pipeline([["HGET", conversationKeys(sessionId).conversation, "share"]]);
      return decodeShare(typeof share === "string" ? share : null);
    },
    /** Whose conversation it is, and the answers in it. */
    async contents(sessionId: string): Promise<{ owner: string | null; requestIds: string[] }> {
      const keys = conversationKeys(sessionId);
      const [owner, list] = await redis.pipeline([
        ["HGET", keys.conversation, "owner"],
        ["LRANGE", keys.order, 0, -1],
      ]);
      const versions = textsSchema.parse(list).filter((field) => field.startsWith("v:"));
      return {
        owner: typeof owner === "string" ? owner : null,
        requestIds: versions.map((field) => field.slice(2)),
      };
    },
  };
}

function toMap(flat: readonly string[]): Map<string, string> {
  const map = new Map<string, string>();
  for (let i = 0; i + 1 < flat.length; i += 2) map.set(flat[i] ?? "", flat[i + 1] ?? "");
  return map;
}

function toSummary(session_id: string, fields: readonly (string | null | undefined)[]): SessionSummary {
  const [title, created_at, updated_at, turns, pinned, isPrivate] = summarySchema.parse(fields);
  const flags = { pinned: pinned === "1", private: isPrivate === "1" };
  return { session_id, title, created_at, updated_at, turns, ...flags };
}

function toMessages(fields: ReadonlyMap<string, string>, order: readonly string[]): ConversationMessage[] {
  const versions = Map.groupBy(
    order.filter((field) => field.startsWith("v:")),
    (field) => messageIdOfVersion(fields.get(field) ?? "null"),
  );
  const ids = order.filter((field) => field.startsWith("m:")).map((field) => field.slice(2));
  return ids.map((message_id) => {
    const message = decodeAtRest(messageSchema, fields.get(`m:${message_id}`) ?? "null");
    if (message.role === "user") return { message_id, ...message };
    const answers = (versions.get(message_id) ?? []).map((field) => toVersion(fields, field.slice(2)));
    const activeId = fields.get(`a:${message_id}`);
    const active = answers.findIndex(({ request_id }) => request_id === activeId);
    return { message_id, ...message, active: Math.max(active, 0), versions: answers };
  });
}

function toVersion(fields: ReadonlyMap<string, string>, requestId: string): AnswerVersion {
  return decodeVersion(fields.get(`v:${requestId}`) ?? "null", fields.get(`f:${requestId}`) ?? null);
}
