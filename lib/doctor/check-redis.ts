import { randomUUID } from "node:crypto";
import { createRedisClient, type RedisClient } from "@/lib/store/redis-client";
import { type Finding, fail, ok, warn } from "./finding";

const CONNECT_TIMEOUT_MS = 3000;
const OLDEST_MAJOR = 7;
const TTL_MS = 60_000;

/** What matters of the server's INFO. */
export interface RedisFacts {
  version: string;
  /** As `maxmemory-policy` names it. */
  policy: string;
  /** 0: no limit of its own. */
  maxmemoryBytes: number;
}

/** Reaches Redis, reads how it is set up, and writes a key that expires. */
export async function checkRedis(url: string | undefined): Promise<Finding> {
  if (url === undefined) {
    return ok("redis", "REDIS_URL is not set: debug data in memory, conversations in SQLite, one process");
  }
  const { client, reason } = await connect(url);
  try {
    if (reason !== null) return unreachable(reason);
    return judgeRedis(parseInfo(await infoOf(client)), await expires(client));
  } catch {
    return fail(
      "redis",
      "Redis was reached and refused a command",
      "give REDIS_URL's user INFO, SET, PTTL and DEL",
    );
  } finally {
    client.close();
  }
}

/** What such a server means for conversations and debug data. */
export function judgeRedis({ version, policy, maxmemoryBytes }: RedisFacts, ttlWorks: boolean): Finding {
  const facts = `Redis ${version}, ${policy}`;
  if (!ttlWorks) return fail("redis", `${facts}: a key did not get its time to live`, "use Redis 7 or later");
  if (Number.parseInt(version, 10) < OLDEST_MAJOR) {
    return warn("redis", `${facts}: older than Sidetrace is tested with`, "use Redis 7 or later");
  }
  if (policy !== "noeviction" && policy !== "volatile-ttl" && maxmemoryBytes > 0) {
    return warn(
      "redis",
      `${facts}: when its memory is full, conversations can go before debug data does`,
      "set maxmemory-policy to noeviction or volatile-ttl",
    );
  }
  return ok("redis", `${facts}, keys expire`);
}

/** The first thing that the connection tells: null when it is ready, else why not. */
function connect(url: string): Promise<{ client: RedisClient; reason: string | null }> {
  return new Promise((resolve) => {
    const client = createRedisClient(url, {
      onState: (state, reason) => {
        clearTimeout(timer);
        resolve({ client, reason: state === "ready" ? null : (reason ?? "CONNECTION_LOST") });
      },
    });
    const timer = setTimeout(() => resolve({ client, reason: "ETIMEDOUT" }), CONNECT_TIMEOUT_MS);
  });
}

function unreachable(reason: string): Finding {
  if (["WRONGPASS", "NOAUTH"].includes(reason)) {
    return fail("redis", `Redis refused the password (${reason})`, "correct user and password in REDIS_URL");
  }
  return fail(
    "redis",
    `Redis is not reachable (${reason})`,
    "start Redis, or correct the address in REDIS_URL",
  );
}

async function infoOf(client: RedisClient): Promise<string> {
  const [info] = await client.pipeline([["INFO"]]);
  return String(info);
}

function parseInfo(info: string): RedisFacts {
  const factOf = (name: string) => new RegExp(`^${name}:(\\S+)`, "m").exec(info)?.[1];
  return {
    version: factOf("redis_version") ?? "of unknown version",
    policy: factOf("maxmemory_policy") ?? "unknown eviction policy",
    maxmemoryBytes: Number(factOf("maxmemory") ?? 0),
  };
}

async function expires(client: RedisClient): Promise<boolean> {
  const key = `sidetrace:doctor:${randomUUID()}`;
  const [, left] = await client.pipeline([
    ["SET", key, "1", "PX", TTL_MS],
    ["PTTL", key],
    ["DEL", key],
  ]);
  return typeof left === "number" && left > 0 && left <= TTL_MS;
}
