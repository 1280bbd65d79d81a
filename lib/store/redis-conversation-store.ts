import { z } from "zod";
import { decodeAtRest, encodeAtRest } from "./at-rest-codec";
import {
  encodeFeedback,
  encodePlacedVersion,
  encodeShare,
  rankOfSession,
  runningVersion,
} from "./conversation-codec";
import { answerKey, conversationIndexKey, conversationKeys, shareKey } from "./conversation-keys";
import type { Conversation, ConversationStore, NewTurn, VersionPlace } from "./conversation-store";
import { foreignConversation } from "./foreign-conversation";
import type { RedisClient, RedisCommand } from "./redis-client";
import { addedVersionFields, encodeUserMessage, insertFields } from "./redis-conversation-fields";
import { createRedisConversationReader } from "./redis-conversation-reader";
import {
  ADD_TURN,
  ADD_VERSION,
  INSERT,
  KEEP_PASSAGES,
  RESTORE,
  SET_FIELDS,
} from "./redis-conversation-scripts";

const DAY_MS = 86_400_000;
/** An answer's place outlives its conversation's usual time, since later turns renew the conversation alone. */
const PLACE_TTL_FACTOR = 4;

export interface RedisConversationStoreOptions {
  redis: RedisClient;
  /** How long a conversation is kept after its last change. */
  ttlDays: number;
}

export interface RedisConversationStore extends ConversationStore {
  /** Puts back what Redis has lost of a conversation; what it has stays. */
  restore(conversation: Conversation): Promise<void>;
}

const placeSchema: z.ZodType<VersionPlace> = z.object({
  session_id: z.string(),
  message_id: z.string(),
  owner: z.string(),
});
const touchedSchema = z.tuple([z.string(), z.coerce.number(), z.string().transform((flag) => flag === "1")]);

/** Conversations in Redis, one hash each, so that several processes can change parts of one at the same time. */
export function createRedisConversationStore({
  redis,
  ttlDays,
}: RedisConversationStoreOptions): RedisConversationStore {
  const ttlMs = ttlDays * DAY_MS;
  const reader = createRedisConversationReader(redis);

  /** Runs one of the scripts; true when there was a conversation to change. Its place in the list follows. */
  async function change(sessionId: string, script: string, at: number, args: readonly (string | number)[]) {
    const { conversation, order, passages } = conversationKeys(sessionId);
    const keys = [conversation, order, passages];
    const [reply] = await redis.pipeline([["EVAL", script, keys.length, ...keys, ttlMs, at, ...args]]);
    const touched = touchedSchema.safeParse(reply);
    if (!touched.success) return false;
    const [owner, updated_at, pinned] = touched.data;
    const index = conversationIndexKey(owner);
    await redis.pipeline([
      ["ZADD", index, rankOfSession({ updated_at, pinned }), sessionId],
      ["PEXPIRE", index, ttlMs],
    ]);
    return true;
  }

  function putPlace(requestId: string, place: VersionPlace): RedisCommand {
    return ["SET", answerKey(requestId), encodeAtRest(place), "PX", ttlMs * PLACE_TTL_FACTOR];
  }

  function putShare(shareId: string, sessionId: string): RedisCommand {
    return ["SET", shareKey(shareId), sessionId, "PX", ttlMs * PLACE_TTL_FACTOR];
  }

  async function findPlace(requestId: string): Promise<VersionPlace | null> {
    const [text] = await redis.pipeline([["GET", answerKey(requestId)]]);
    return typeof text === "string" ? decodeAtRest(placeSchema, text) : null;
  }

  async function addTurn({ session_id, owner, title, at, user, assistant, ...turn }: NewTurn): Promise<void> {
    const { message_id, request_id } = assistant;
    const userMessage = [`m:${user.message_id}`, encodeUserMessage({ ...user, at })];
    const answer = [`m:${message_id}`, encodeAtRest({ role: "assistant", at })];
    const versionFields = addedVersionFields(message_id, runningVersion(request_id));
    const args = [owner, title, turn.private ? 1 : 0, ...userMessage, ...answer, ...versionFields];
    if (!(await change(session_id, ADD_TURN, at, args))) throw foreignConversation();
    await redis.pipeline([putPlace(request_id, { session_id, message_id, owner })]);
  }

  async function put(conversation: Conversation, script: string): Promise<void> {
    const { session_id, owner, updated_at, messages, share } = conversation;
    if (!(await change(session_id, script, updated_at, insertFields(conversation)))) return;
    const places = messages.flatMap((message) =>
      message.role === "user"
        ? []
        : message.versions.map(({ request_id }) =>
            putPlace(request_id, { session_id, message_id: message.message_id, owner }),
          ),
    );
    await redis.pipeline([...places, ...(share ? [putShare(share.share_id, session_id)] : [])]);
  }

  return {
    conversation: reader.conversation,
    list: reader.list,
    addTurn,
    insert: (conversation) => put(conversation, INSERT),
    restore: (conversation) => put(conversation, RESTORE),
    async addVersion(place, requestId, at, question) {
      const { session_id, message_id } = place;
      const args = [
        `m:${message_id}`,
        ...addedVersionFields(message_id, runningVersion(requestId, question)),
      ];
      if (!(await change(session_id, ADD_VERSION, at, args))) return;
      await redis.pipeline([putPlace(requestId, place)]);
    },
    async activate({ session_id, message_id }, requestId) {
      await change(session_id, SET_FIELDS, 0, [`v:${requestId}`, `a:${message_id}`, requestId]);
    },
    async setShare(sessionId, share) {
      if (!(await change(sessionId, SET_FIELDS, 0, ["owner", "share", encodeShare(share)]))) return;
      if (share) await redis.pipeline([putShare(share.share_id, sessionId)]);
    },
    async findShared(shareId) {
      const [sessionId] = await redis.pipeline([["GET", shareKey(shareId)]]);
      if (typeof sessionId !== "string") return null;
      return (await reader.share(sessionId))?.share_id === shareId ? sessionId : null;
    },
    async finishVersion({ session_id, message_id }, version, at) {
      const field = `v:${version.request_id}`;
      await change(session_id, SET_FIELDS, at, [field, field, encodePlacedVersion(message_id, version)]);
    },
    async setFeedback(requestId, feedback) {
      const place = await findPlace(requestId);
      if (!place) return;
      const args = [`v:${requestId}`, `f:${requestId}`, encodeFeedback(feedback)];
      await change(place.session_id, SET_FIELDS, 0, args);
    },
    async findVersion(requestId) {
      const place = await findPlace(requestId);
      return place && (await reader.hasVersion(place.session_id, requestId)) ? place : null;
    },
    async keepPassages(sessionId, passages) {
      if (passages.length === 0) return;
      const fields = passages.flatMap(({ passage_id, text }) => [passage_id, text]);
      await change(sessionId, KEEP_PASSAGES, 0, fields);
    },
    citedPassage: reader.citedPassage,
    async update(sessionId, { title, pinned }) {
      const fields: string[] = ["owner"];
      if (title !== undefined) fields.push("title", title);
      if (pinned !== undefined) fields.push("pinned", pinned ? "1" : "0");
      await change(sessionId, SET_FIELDS, 0, fields);
    },
    async delete(sessionId) {
      const { owner, requestIds } = await reader.contents(sessionId);
      const { conversation, order, passages } = conversationKeys(sessionId);
      const commands: RedisCommand[] = requestIds.map((requestId) => ["DEL", answerKey(requestId)]);
      if (owner !== null) commands.push(["ZREM", conversationIndexKey(owner), sessionId]);
      await redis.pipeline([...commands, ["DEL", conversation, order, passages]]);
    },
  };
}
