import { setImmediate } from "node:timers/promises";
import { Redis } from "ioredis";
import { type Clock, systemClock } from "@/lib/domain/clock";
import { AppError, isUnavailable } from "@/lib/errors";

/** Longest wait for an answer, in milliseconds. */
const COMMAND_TIMEOUT_MS = 500;
/** A connection on which Redis says nothing for so long is given up: longer than this process is ever busy. */
const SILENCE_MS = 2000;
const CONNECT_TIMEOUT_MS = 1000;
const LONGEST_RETRY_MS = 1000;

export type RedisState = "ready" | "away";
export type RedisCommand = readonly [name: string, ...args: (string | number)[]];

/**
 * Port: a Redis that may be away. No command waits for it to come back: each one fails with `unavailable`,
 * at once when Redis is known to be away and after 500 ms at most when it does not answer. One that does not answer
 * is known to be away after two seconds.
 */
export interface RedisClient {
  /**
   * Sends the commands in one round trip and returns their replies in order. Rejects when any of them failed:
   * with `unavailable` when trying again later makes sense, with Redis's own error when it does not.
   * After a rejection the others may have been carried out, so send what may be repeated.
   */
  pipeline(commands: readonly RedisCommand[]): Promise<unknown[]>;
  isReady(): boolean;
  /** Resolves when Redis is there, or an attempt to reach it has failed: after about two seconds at most. */
  known(): Promise<void>;
  /** How long Redis has been ready without a break, in milliseconds; 0 while it is away. */
  readyForMs(): number;
  /** How often it has become ready. */
  connections(): number;
  close(): void;
}

export interface RedisClientOptions {
  clock?: Clock;
  /** Hears of every change, and of each reason for an absence once; `reason` is an error's code such as ECONNREFUSED or WRONGPASS, never an address. */
  onState?: (state: RedisState, reason: string | null) => void;
}

/** Connects to `url` in the background and keeps reconnecting until it is closed. */
export function createRedisClient(url: string, options: RedisClientOptions = {}): RedisClient {
  const { clock = systemClock, onState = () => {} } = options;
  const redis = connect(url);
  watchState(redis, onState);
  let readySince = 0;
  let connections = 0;
  redis.on("ready", () => {
    connections += 1;
    readySince = clock.monotonic();
  });
  return {
    async pipeline(commands) {
      const pipeline = redis.pipeline();
      for (const [name, ...args] of commands) pipeline.call(name, ...args);
      const results = (await inTime(pipeline.exec())) ?? [];
      return results.map(([error, reply]) => {
        if (error) throw toStoreError(error);
        return reply;
      });
    },
    isReady: () => redis.status === "ready",
    async known() {
      // What this process was too busy to hear of comes first.
      await setImmediate();
      if (redis.status === "ready") return;
      await new Promise<void>((resolve) => {
        for (const event of ["ready", "error"]) redis.once(event, () => resolve());
      });
    },
    readyForMs: () => (redis.status === "ready" ? clock.monotonic() - readySince : 0),
    connections: () => connections,
    close: () => redis.disconnect(),
  };
}

function connect(url: string): Redis {
  return new Redis(url, {
    // Replies then have one shape, whatever the server's age.
    protocol: 2,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 1,
    socketTimeout: SILENCE_MS,
    connectTimeout: CONNECT_TIMEOUT_MS,
    retryStrategy: (attempt) => Math.min(25 * 2 ** attempt, LONGEST_RETRY_MS),
  });
}

/** Fails what Redis does not answer in time. */
async function inTime<T>(answer: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(async () => {
    // A process that was busy for so long has yet to read what came meanwhile.
    await setImmediate();
    late.reject(unavailable(new Error(`no answer within ${COMMAND_TIMEOUT_MS} ms`)));
  }, COMMAND_TIMEOUT_MS);
  try {
    return await Promise.race([answer, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function watchState(redis: Redis, onState: (state: RedisState, reason: string | null) => void): void {
  let state: RedisState | null = null;
  /** Told since Redis went away: a connection closes before anybody knows why. */
  const reasons = new Set<string | null>();
  const change = (next: RedisState, reason: string | null) => {
    if (state === next && (next === "ready" || reason === null || reasons.has(reason))) return;
    if (state !== next) reasons.clear();
    reasons.add(reason);
    state = next;
    onState(next, reason);
  };
  redis.on("ready", () => change("ready", null));
  redis.on("error", (error: Error) => change("away", reasonOf(error)));
  redis.on("close", () => change("away", null));
}

/** The error's code: Node's own, or the capitals with which Redis begins an error reply. */
function reasonOf(error: Error): string {
  if ("code" in error && typeof error.code === "string") return error.code;
  return /^[A-Z]{2,}/.exec(error.message)?.[0] ?? "CONNECTION_LOST";
}

/** Replies of a server that cannot do now what it will be able to do later. */
const TEMPORARY =
  /^(LOADING|BUSY|OOM|READONLY|MISCONF|CLUSTERDOWN|MASTERDOWN|TRYAGAIN|NOREPLICAS|NOAUTH|WRONGPASS)\b/;

function toStoreError(error: Error): Error {
  return error.name === "ReplyError" && !TEMPORARY.test(error.message) ? error : unavailable(error);
}

function unavailable(cause: Error): AppError {
  return new AppError("unavailable", "Redis does not answer at the moment; try again shortly.", { cause });
}

/** Why a Redis that is there refuses a write for now, such as OOM or READONLY; null for any other error. */
export function refusalOf(error: unknown): string | null {
  const cause = isUnavailable(error) ? error.cause : null;
  return cause instanceof Error && cause.name === "ReplyError" ? reasonOf(cause) : null;
}
