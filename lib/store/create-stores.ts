import { join } from "node:path";
import type { Clock } from "@/lib/domain/clock";
import type { ScoreExport } from "@/lib/domain/score-export";
import { AppError } from "@/lib/errors";
import type { TraceExport } from "@/lib/observability/trace-sink";
import type { ConversationStore } from "./conversation-store";
import type { DaySums } from "./day-sums";
import { createMemoryDebugStore, type DebugStore } from "./debug-store";
import type { ExportBuffer, ExportLimits } from "./export-buffer";
import { type ExportKind, runExports, scoreExports } from "./export-codec";
import type { JobStore } from "./job-store";
import { createMemoryExportBuffer } from "./memory-export-buffer";
import { createMemoryRunStore } from "./memory-run-store";
import { createMemoryStreamStore } from "./memory-stream-store";
import { createRedisClient, type RedisState, refusalOf } from "./redis-client";
import { createRedisConversationStore } from "./redis-conversation-store";
import { createRedisDaySums } from "./redis-day-sums";
import { createRedisExportBuffer } from "./redis-export-buffer";
import { createRedisJobStore } from "./redis-job-store";
import { createRedisRunStore } from "./redis-run-store";
import { createRedisStreamStore } from "./redis-stream-store";
import { createLimiters, type OpenLimiter } from "./request-limiter";
import { createResilientConversationStore } from "./resilient-conversation-store";
import { createResilientExportBuffer } from "./resilient-export-buffer";
import { createResilientRunStore } from "./resilient-run-store";
import { createResilientStreamStore } from "./resilient-stream-store";
import { createSqliteConversationStore } from "./sqlite-conversation-store";
import { createSqliteDaySums } from "./sqlite-day-sums";
import { createSqliteJobStore } from "./sqlite-job-store";
import type { StreamStore } from "./stream-store";

/** What this process keeps of runs in its own memory. */
const MEMORY_RUNS = 500;
const MEMORY_BYTES = 128 * 1024 * 1024;
const DAY_MS = 86_400_000;
/** What waits for Langfuse: in Redis for all processes, else in this one. */
const RUN_LIMITS = { maxItems: 1000, maxBytes: 64 * 1024 * 1024 };
const SCORE_LIMITS = { maxItems: 10_000, maxBytes: 8 * 1024 * 1024 };
/** How long the copy of conversations serves while Redis is away, and how many it has at most. */
const LOCAL_COPY_DAYS = 1;
const LOCAL_COPY_CONVERSATIONS = 2000;

export interface StoresOptions {
  /** Null: memory, and conversations and jobs in SQLite files below `dataDir`. */
  redisUrl: string | null;
  dataDir: string;
  debugTtlSeconds: number;
  conversationTtlDays: number;
  /** How long a job is kept after its end. */
  jobTtlDays: number;
  /** How long a run or a score waits for Langfuse at most. */
  exportTtlSeconds: number;
  clock: Clock;
  onRedisState(state: StoreState, reason: string | null): void;
  /** Hears of writes that were given up: of which store, how many, and why where Redis said so. */
  onDrop(store: QueuedStore, count: number, reason: string | null): void;
}

/** `refusing`: Redis is there and takes no writes; `taking`: it does again; `emptied`: it lost what it had. */
export type StoreState = RedisState | "refusing" | "taking" | "emptied";
/** What is written behind a queue while there is Redis. */
export type QueuedStore = "runs" | "streams" | "conversations";

export interface Stores {
  runs: DebugStore;
  streams: StreamStore;
  conversations: ConversationStore;
  jobs: JobStore;
  exports: ExportBuffer<TraceExport>;
  scores: ExportBuffer<ScoreExport>;
  daySums: DaySums;
  openLimiter: OpenLimiter;
  /** Writes that wait for Redis; null without it. */
  waiting(): Record<QueuedStore, number> | null;
  /** Resolves when it is known whether Redis is there: who reads before that would be told that it is away. */
  known(): Promise<void>;
  /** Waits until Redis has what waits now (not while it is away), then lets everything go. */
  close(): Promise<void>;
}

/** All stores of a process, over Redis or without it. */
export function createStores(options: StoresOptions): Stores {
  return options.redisUrl === null
    ? createLocalStores(options)
    : createRedisStores(options.redisUrl, options);
}

function createMemoryStores({ clock, debugTtlSeconds, exportTtlSeconds }: StoresOptions) {
  const limits = { maxRuns: MEMORY_RUNS, maxBytes: MEMORY_BYTES };
  const keptMs = exportTtlSeconds * 1000;
  return {
    runs: createMemoryRunStore({ clock, ttlSeconds: debugTtlSeconds, ...limits }),
    streams: createMemoryStreamStore({ clock }),
    exports: createMemoryExportBuffer(runExports, { clock, ...RUN_LIMITS, keptMs }),
    scores: createMemoryExportBuffer(scoreExports, { clock, ...SCORE_LIMITS, keptMs }),
  };
}

function createLocalStores(options: StoresOptions): Stores {
  const { runs, streams, exports, scores } = createMemoryStores(options);
  const path = join(options.dataDir, "conversations.sqlite");
  const { clock, conversationTtlDays: ttlDays } = options;
  const conversations = createSqliteConversationStore({ path, clock, ttlDays });
  const jobs = createSqliteJobStore({
    path: join(options.dataDir, "jobs.sqlite"),
    clock,
    keptMs: options.jobTtlDays * DAY_MS,
  });
  const daySums = createSqliteDaySums({ path: join(options.dataDir, "limits.sqlite") });
  return {
    runs: createMemoryDebugStore(runs),
    streams,
    conversations,
    jobs,
    exports,
    scores,
    daySums,
    openLimiter: createLimiters(null),
    waiting: () => null,
    known: () => Promise.resolve(),
    async close() {
      for (const store of [conversations, jobs, daySums]) store.close();
    },
  };
}

function createRedisStores(url: string, options: StoresOptions): Stores {
  const { clock, debugTtlSeconds: ttlSeconds, conversationTtlDays: ttlDays } = options;
  const redis = createRedisClient(url, { clock, onState: options.onRedisState });
  const onRound = createRefusalWatch(options.onRedisState);
  const queue = (store: QueuedStore) => ({
    onRound: (refusal: unknown) => onRound(store, refusal),
    onDrop: (_key: string, count: number, cause: unknown) => options.onDrop(store, count, reasonOf(cause)),
  });
  const memory = createMemoryStores(options);
  const local = createSqliteConversationStore({
    path: ":memory:",
    clock,
    ttlDays: LOCAL_COPY_DAYS,
    maxConversations: LOCAL_COPY_CONVERSATIONS,
  });
  const runs = createResilientRunStore({
    primary: createRedisRunStore({ redis, ttlSeconds }),
    fallback: memory.runs,
    redis,
    clock,
    queue: queue("runs"),
  });
  const streams = createResilientStreamStore({
    primary: createRedisStreamStore({ redis }),
    fallback: memory.streams,
    redis,
    queue: queue("streams"),
  });
  const conversations = createResilientConversationStore({
    primary: createRedisConversationStore({ redis, ttlDays }),
    local,
    redis,
    queue: queue("conversations"),
    onLoss: () => options.onRedisState("emptied", null),
  });
  function waitingFor<Item>(kind: ExportKind<Item>, limits: ExportLimits, fallback: ExportBuffer<Item>) {
    const keptMs = options.exportTtlSeconds * 1000;
    const primary = createRedisExportBuffer(kind, { redis, clock, ...limits, keptMs });
    return createResilientExportBuffer({ primary, fallback, redis });
  }
  return {
    runs,
    streams,
    conversations,
    jobs: createRedisJobStore({ redis, keptMs: options.jobTtlDays * DAY_MS }),
    exports: waitingFor(runExports, RUN_LIMITS, memory.exports),
    scores: waitingFor(scoreExports, SCORE_LIMITS, memory.scores),
    daySums: createRedisDaySums({ redis }),
    openLimiter: createLimiters(redis),
    waiting: () => ({
      runs: runs.waiting(),
      streams: streams.waiting(),
      conversations: conversations.waiting(),
    }),
    known: redis.known,
    async close() {
      await Promise.all([runs.flush(), streams.flush(), conversations.flush()]);
      for (const store of [runs, streams, conversations, redis, local]) store.close();
    },
  };
}

/** Hears the rounds of each queue: one word when Redis begins to refuse writes, and one when it takes all again. */
function createRefusalWatch(onRedisState: StoresOptions["onRedisState"]) {
  const refusing = new Set<QueuedStore>();
  return (store: QueuedStore, refusal: unknown) => {
    const reason = refusalOf(refusal);
    if (reason !== null) {
      if (refusing.size === 0) onRedisState("refusing", reason);
      refusing.add(store);
    } else if (refusal === null && refusing.delete(store) && refusing.size === 0) {
      onRedisState("taking", null);
    }
  };
}

/** Without its message, which may have content in it. */
function reasonOf(cause: unknown): string | null {
  if (cause instanceof AppError) return cause.code;
  return cause instanceof Error ? cause.name : null;
}
