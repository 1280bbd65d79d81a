import { randomUUID } from "node:crypto";
import type { RedisClient } from "./redis-client";

/** Tells a Redis that has come back from one that has come back empty. */
export interface RedisEpoch {
  /** Whether Redis is there, and what it lost in the meantime has been put back. */
  isReady(): boolean;
  /** Resolves when that is so, and at once when Redis is away. */
  known(): Promise<void>;
}

interface RedisEpochOptions {
  redis: Pick<RedisClient, "pipeline" | "isReady" | "connections">;
  /** Redis has lost everything; nothing is written to it through this epoch until this resolves. */
  onLoss(): Promise<void>;
}

/** A mark without an end, which only goes with everything else. */
const MARK_KEY = "sidetrace:epoch";

/** The mark is read once for each connection; before the first time nothing can have been lost. */
export function createRedisEpoch({ redis, onLoss }: RedisEpochOptions): RedisEpoch {
  let mark: unknown = null;
  let checkedConnection = 0;
  let checking: Promise<void> | null = null;

  async function check(): Promise<void> {
    const connection = redis.connections();
    const [, found] = await redis.pipeline([
      ["SET", MARK_KEY, randomUUID(), "NX"],
      ["GET", MARK_KEY],
    ]);
    if (mark !== null && found !== mark) await onLoss();
    mark = found;
    checkedConnection = connection;
  }

  /** A check that fails is made again when somebody asks the next time. */
  function startCheck(): Promise<void> {
    checking ??= check()
      .catch(() => undefined)
      .finally(() => {
        checking = null;
      });
    return checking;
  }

  const isChecked = () => checkedConnection === redis.connections();

  return {
    isReady() {
      if (!redis.isReady()) return false;
      if (!isChecked()) void startCheck();
      return isChecked() || mark === null;
    },
    async known() {
      if (redis.isReady() && !isChecked() && mark !== null) await startCheck();
    },
  };
}
