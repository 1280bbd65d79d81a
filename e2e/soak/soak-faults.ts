import { setTimeout as wait } from "node:timers/promises";
import type { RedisTestServer } from "@/lib/store/redis-test-server";
import type { OtlpReceiver } from "../support/otlp-receiver";
import type { Fault } from "../support/receiver-fault";
import { pick } from "./random";

interface FaultedServers {
  redis: RedisTestServer;
  receiver: OtlpReceiver;
}

const LANGFUSE_FAULTS: readonly Fault[] = [
  { kind: "hang" },
  { kind: "garbage" },
  { kind: "status", status: 500 },
  { kind: "status", status: 429, retryAfterSeconds: 1 },
];

/** Lets Redis and Langfuse fail now and then, one at a time, until the signal; both are well at the end. */
export async function runFaults(
  { redis, receiver }: FaultedServers,
  random: () => number,
  signal: AbortSignal,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const pause = (least: number, most: number) =>
    wait(least + random() * (most - least), undefined, { signal }).catch(() => undefined);
  while (!signal.aborted) {
    await pause(4000, 12_000);
    if (signal.aborted) break;
    const [name, begin, end] = pick(random, [
      [1, ["redis killed", redis.stop, redis.start] as const],
      [1, ["redis frozen", async () => redis.pause(), async () => redis.resume()] as const],
      [
        2,
        [
          "langfuse fault",
          async () =>
            receiver.setFault(
              pick(
                random,
                LANGFUSE_FAULTS.map((fault) => [1, fault] as const),
              ),
              "all",
            ),
          async () => receiver.setFault(null),
        ] as const,
      ],
    ]);
    counts[name] = (counts[name] ?? 0) + 1;
    await begin();
    await pause(1000, 4000);
    await end();
  }
  return counts;
}
