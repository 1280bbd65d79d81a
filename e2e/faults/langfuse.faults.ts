import { afterAll, beforeAll, expect } from "vitest";
import { z } from "zod";
import { until } from "@/lib/store/until";
import { type AppServer, startApp } from "../support/app-server";
import { type OtlpReceiver, startOtlpReceiver } from "../support/otlp-receiver";
import type { Fault } from "../support/receiver-fault";
import { describeFaults, type FaultTest } from "./describe-faults";
import type { FaultFacts, FaultRow } from "./fault-row";
import { createFaultWorld, type FaultWorld } from "./fault-world";
import { langfuseFaults } from "./langfuse-rows";
import { readLog } from "./log-reader";

/** Nothing of Langfuse may hold up an answer of the offline model. */
const ANSWER_MS = 5000;
const DELIVERED_MS = 60_000;
const GIGABYTE = 1_000_000_000;
const readySchema = z.object({
  checks: z.object({ langfuse: z.object({ failed: z.number(), pending: z.number(), dropped: z.number() }) }),
});

let receiver: OtlpReceiver;
let app: AppServer;
let world: FaultWorld;

beforeAll(async () => {
  receiver = await startOtlpReceiver();
  app = await startApp({
    LANGFUSE_ENABLED: "true",
    LANGFUSE_HOST: receiver.url,
    LANGFUSE_PUBLIC_KEY: receiver.publicKey,
    LANGFUSE_SECRET_KEY: receiver.secretKey,
    LOG_LEVEL: "info",
  });
  world = createFaultWorld(app, [receiver.secretKey, receiver.url]);
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await receiver.close();
});

async function look({ facts }: FaultRow): Promise<FaultFacts & { requestId: string }> {
  const log = readLog(app);
  const started = performance.now();
  const { requestId, user } = await world.ask();
  expect(performance.now() - started).toBeLessThan(ANSWER_MS);
  const sidebar = await world.sidebar(
    requestId,
    ({ trace }) => trace?.reason === facts.sidebar?.trace?.reason,
  );
  const line = facts.log && (await log.expect(facts.log, requestId));
  return { user, sidebar, log: line, recovery: "alone", requestId };
}

/** The next answer's trace arrives, and with it the one that waited; nothing is dropped. */
async function expectDelivered(requestId: string): Promise<void> {
  await world.expectWell();
  const isEmpty = async () => {
    const response = await world.client.fetch("/api/ready");
    const { failed, pending, dropped } = readySchema.parse(await response.json()).checks.langfuse;
    expect(dropped).toBe(0);
    return failed + pending === 0;
  };
  await until(isEmpty, DELIVERED_MS);
  await until(() => receiver.trace(requestId.replaceAll("-", ""))?.name === "rag_chat");
}

function misbehaving(fault: Fault): FaultTest {
  return {
    async run(row) {
      receiver.setFault(fault, "all");
      const { requestId, ...facts } = await look(row);
      receiver.setFault(null);
      await expectDelivered(requestId);
      return facts;
    },
  };
}

describeFaults(langfuseFaults, {
  refused: {
    async run(row) {
      await receiver.close();
      const { requestId, ...facts } = await look(row);
      receiver = await startOtlpReceiver({ port: receiver.port });
      await expectDelivered(requestId);
      return facts;
    },
  },
  hanging: misbehaving({ kind: "hang" }),
  slow: misbehaving({ kind: "slow", ms: 10_000 }),
  unauthorized: misbehaving({ kind: "status", status: 401 }),
  rateLimited: misbehaving({ kind: "status", status: 429, retryAfterSeconds: 1 }),
  serverError: misbehaving({ kind: "status", status: 500 }),
  garbage: misbehaving({ kind: "garbage" }),
  huge: misbehaving({ kind: "huge", bytes: GIGABYTE }),
});
