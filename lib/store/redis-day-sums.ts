import type { DaySums } from "./day-sums";
import type { RedisClient } from "./redis-client";

/** A day, and the difference between the clocks of hosts. */
const KEPT_SECONDS = 2 * 86_400;

const ADD = `
local sum = redis.call('INCRBY', KEYS[1], ARGV[1])
if sum < tonumber(ARGV[2]) then
  sum = tonumber(ARGV[2])
  redis.call('SET', KEYS[1], ARGV[2])
end
redis.call('EXPIRE', KEYS[1], ARGV[3])
return sum`;

/** Sums in Redis, for the processes of all machines. */
export function createRedisDaySums({ redis }: { redis: RedisClient }): DaySums {
  return {
    async add(day, key, amount, atLeast) {
      const [sum] = await redis.pipeline([
        ["EVAL", ADD, 1, `sum:{${day}:${key}}`, amount, atLeast, KEPT_SECONDS],
      ]);
      return Number(sum);
    },
  };
}
