import { AppError, isUnavailable } from "@/lib/errors";
import type { AnswerVersion, ConversationShare } from "@/lib/events/conversation-answer";
import type {
  CitedPassage,
  Conversation,
  ConversationStore,
  NewTurn,
  VersionPlace,
} from "./conversation-store";
import type { RedisClient } from "./redis-client";
import type { RedisConversationStore } from "./redis-conversation-store";
import { createRedisEpoch, type RedisEpoch } from "./redis-epoch";
import type { SqliteConversationStore } from "./sqlite-conversation-store";
import { createWriteQueue, type WriteQueue, type WriteQueueOptions } from "./write-queue";

export interface ResilientConversationStoreOptions {
  /** In Redis. */
  primary: RedisConversationStore;
  /** This process's copy of what it has read and written, in memory; a day or so is enough for its `ttlDays`. */
  local: SqliteConversationStore;
  redis: RedisClient;
  queue?: Pick<WriteQueueOptions<Sent>, "limits" | "onDrop" | "onRound">;
  /** Hears that Redis came back without what it had. */
  onLoss?: () => void;
}

export interface ResilientConversationStore extends ConversationStore {
  /** Resolves when Redis has what waits now, and at once when it is away. */
  flush(): Promise<void>;
  /** Changes that Redis does not have yet. */
  waiting(): number;
  close(): void;
}

type Change =
  | { kind: "turn"; turn: NewTurn }
  | { kind: "insert"; conversation: Conversation }
  | { kind: "version"; place: VersionPlace; requestId: string; at: number; question: string | null }
  | { kind: "activate"; place: VersionPlace; requestId: string }
  | { kind: "share"; sessionId: string; share: ConversationShare | null }
  | { kind: "finish"; place: VersionPlace; version: Omit<AnswerVersion, "feedback">; at: number }
  | { kind: "feedback"; requestId: string; feedback: AnswerVersion["feedback"] }
  | { kind: "passages"; sessionId: string; passages: readonly CitedPassage[] }
  | { kind: "update"; sessionId: string; patch: { title?: string; pinned?: boolean } }
  | { kind: "delete"; sessionId: string };
/** What goes to Redis. */
type Sent = Change | { kind: "restore"; conversation: Conversation };

/**
 * Redis with a copy in this process: while Redis is away chats go on here, and what was written follows when it is
 * back. Reads prefer Redis, except where it has not yet got all that was written here. Beginning a turn does not
 * wait for Redis; the other changes wait until it has them or turns out to be away, so that any process sees them.
 * To a Redis that comes back empty everything goes again that the copy has.
 */
export function createResilientConversationStore(
  options: ResilientConversationStoreOptions,
): ResilientConversationStore {
  const { primary, local } = options;
  const redis = createRedisEpoch({ redis: options.redis, onLoss: restore });
  const stores = { primary, local, redis };
  const queue = createWriteQueue<Sent>({
    async write(_key, changes) {
      for (const change of changes)
        await (change.kind === "restore" ? primary.restore(change.conversation) : apply(primary, change));
    },
    isReady: redis.isReady,
    sizeOf: (change) => JSON.stringify(change).length,
    ...options.queue,
  });

  /** The copy has all changes that wait, so it takes their place. */
  async function restore(): Promise<void> {
    options.onLoss?.();
    for (const sessionId of local.sessionIds()) {
      const conversation = await local.conversation(sessionId);
      if (!conversation) continue;
      queue.clear(sessionId);
      for (const change of restoringChanges(conversation, local.citedPassages(sessionId)))
        queue.push(sessionId, change);
    }
  }

  /** The local copy decides whether a change is allowed; then it goes on its way. */
  async function write(sessionId: string, change: Change): Promise<void> {
    await apply(local, change);
    queue.push(sessionId, change);
  }

  async function writeThrough(sessionId: string, change: Change): Promise<void> {
    await write(sessionId, change);
    await queue.settled(sessionId);
  }

  return {
    conversation: (sessionId) => readConversation(stores, queue, sessionId),
    async list(owner, query) {
      await queue.settled();
      return preferRedis(
        redis,
        () => primary.list(owner, query),
        () => local.list(owner, query),
      );
    },
    async findVersion(requestId) {
      const place = await local.findVersion(requestId);
      if (place) await queue.settled(place.session_id);
      if (place && queue.pending(place.session_id) > 0) return place;
      return preferRedis(
        redis,
        () => primary.findVersion(requestId),
        async () => requireFound(place),
      );
    },
    addTurn: (turn) => write(turn.session_id, { kind: "turn", turn }),
    insert: (conversation) => writeThrough(conversation.session_id, { kind: "insert", conversation }),
    addVersion: (place, requestId, at, question) =>
      write(place.session_id, { kind: "version", place, requestId, at, question }),
    activate: (place, requestId) => writeThrough(place.session_id, { kind: "activate", place, requestId }),
    setShare: (sessionId, share) => writeThrough(sessionId, { kind: "share", sessionId, share }),
    findShared: (shareId) =>
      preferRedis(
        redis,
        () => primary.findShared(shareId),
        async () => requireFound(await local.findShared(shareId)),
      ),
    finishVersion: (place, version, at) =>
      writeThrough(place.session_id, { kind: "finish", place, version, at }),
    async setFeedback(requestId, feedback) {
      const place = await local.findVersion(requestId);
      await writeThrough(place?.session_id ?? requestId, { kind: "feedback", requestId, feedback });
    },
    keepPassages: (sessionId, passages) => write(sessionId, { kind: "passages", sessionId, passages }),
    async citedPassage(sessionId, passageId) {
      const ask = (store: ConversationStore) => store.citedPassage(sessionId, passageId);
      return (
        (await ask(local)) ??
        preferRedis(
          redis,
          () => ask(primary),
          async () => null,
        )
      );
    },
    update: (sessionId, patch) => writeThrough(sessionId, { kind: "update", sessionId, patch }),
    delete: (sessionId) => writeThrough(sessionId, { kind: "delete", sessionId }),
    waiting: () => queue.pending(),
    flush: () => queue.settled(),
    close: queue.close,
  };
}

/** A conversation as it is, and each answer that has ended: another process may have put back how it began. */
function restoringChanges(conversation: Conversation, passages: readonly CitedPassage[]): Sent[] {
  const { session_id: sessionId, owner, messages } = conversation;
  const ended = messages.flatMap((message) =>
    message.role === "user"
      ? []
      : message.versions
          .filter(({ status }) => status !== "running")
          .map(({ feedback: _, ...version }): Sent => {
            const place = { session_id: sessionId, message_id: message.message_id, owner };
            return { kind: "finish", place, version, at: message.at };
          }),
  );
  return [{ kind: "restore", conversation }, ...ended, { kind: "passages", sessionId, passages }];
}

async function readConversation(
  {
    primary,
    local,
    redis,
  }: { primary: ConversationStore; local: SqliteConversationStore; redis: RedisEpoch },
  queue: WriteQueue<Sent>,
  sessionId: string,
): Promise<Conversation | null> {
  await redis.known();
  await queue.settled(sessionId);
  if (queue.pending(sessionId) > 0) return local.conversation(sessionId);
  return preferRedis(
    redis,
    async () => {
      const conversation = await primary.conversation(sessionId);
      // Kept, so that the chat can go on with its history when Redis goes away; what was written meanwhile is newer.
      if (queue.pending(sessionId) > 0) return conversation;
      if (conversation) await local.replace(conversation);
      else await local.delete(sessionId);
      return conversation;
    },
    async () => requireFound(await local.conversation(sessionId)),
  );
}

/** What the copy does not have may be in a Redis that cannot be asked. */
function requireFound<T>(found: T | null): T {
  if (found !== null) return found;
  throw new AppError("unavailable", "Conversations cannot be looked up at the moment; try again shortly.");
}

async function preferRedis<T>(
  redis: RedisEpoch,
  ask: () => Promise<T>,
  fallBack: () => Promise<T>,
): Promise<T> {
  await redis.known();
  if (!redis.isReady()) return fallBack();
  try {
    return await ask();
  } catch (error) {
    if (isUnavailable(error)) return fallBack();
    throw error;
  }
}

function apply(store: ConversationStore, change: Change): Promise<void> {
  switch (change.kind) {
    case "turn":
      return store.addTurn(change.turn);
    case "insert":
      return store.insert(change.conversation);
    case "version":
      return store.addVersion(change.place, change.requestId, change.at, change.question);
    case "activate":
      return store.activate(change.place, change.requestId);
    case "share":
      return store.setShare(change.sessionId, change.share);
    case "finish":
      return store.finishVersion(change.place, change.version, change.at);
    case "feedback":
      return store.setFeedback(change.requestId, change.feedback);
    case "passages":
      return store.keepPassages(change.sessionId, change.passages);
    case "update":
      return store.update(change.sessionId, change.patch);
    case "delete":
      return store.delete(change.sessionId);
  }
}
