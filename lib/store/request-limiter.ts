import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import type { RedisClient } from "./redis-client";

/** Counts requests within a window that begins with the first one. */
export interface RequestLimiter {
  /** Takes one request of a key; answers with the milliseconds to wait when there was none left, else with null. */
  take(key: string): Promise<number | null>;
}

interface LimiterOptions {
  /** Keeps the limiters of one Redis apart. */
  name: string;
  requests: number;
  seconds: number;
}

/** Makes limiters: of all processes on one Redis, or of this one. */
export type OpenLimiter = (options: LimiterOptions) => RequestLimiter;

/** In Redis, and in this process's memory while that is away. Null: in memory alone. */
export function createLimiters(redis: RedisClient | null): OpenLimiter {
  const client = redis && toStoreClient(redis);
  return ({ name, requests, seconds }) => {
    const options = { keyPrefix: `limit:${name}`, points: requests, duration: seconds };
    const memory = new RateLimiterMemory(options);
    const limiter = client
      ? new RateLimiterRedis({
          ...options,
          storeClient: client,
          useRedisPackage: true,
          rejectIfRedisNotReady: true,
          // Who is refused does not ask Redis again before the time is over.
          inMemoryBlockOnConsumed: requests + 1,
          insuranceLimiter: memory,
        })
      : memory;
    return {
      async take(key) {
        try {
          await limiter.consume(key);
          return null;
        } catch (refusal) {
          if (refusal instanceof RateLimiterRes) return refusal.msBeforeNext;
          throw refusal;
        }
      },
    };
  };
}

/** What the limiter needs of a client of the `redis` package. */
function toStoreClient(redis: RedisClient) {
  return {
    get isReady() {
      return redis.isReady();
    },
    async eval(script: string, { keys, arguments: args }: { keys: string[]; arguments: string[] }) {
      const [reply] = await redis.pipeline([["EVAL", script, keys.length, ...keys, ...args]]);
      return reply;
    },
  };
}
