import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect } from "vitest";
import { runRecordSchema } from "@/lib/domain/run-record";
import { type AppServer, startApp } from "../support/app-server";
import { createClient } from "../support/ask";
import { createDocuments } from "../support/documents";
import { type ModelServer, startModelServer } from "../support/model-server";
import { describeFaults } from "./describe-faults";
import { createFaultWorld, type FaultWorld } from "./fault-world";
import { openSmallDisk, type SmallDisk } from "./full-disk";
import { readLog } from "./log-reader";
import { machineFaults } from "./machine-rows";
import { mountObstacle } from "./mounts";

const HOUR_MS = 3_600_000;
const SHIFT = pathToFileURL("e2e/support/clock-shift.mjs").href;

let model: ModelServer;
let disk: SmallDisk | null = null;
let app: AppServer;
let world: FaultWorld;

beforeAll(async () => {
  model = await startModelServer({ pieces: ["It is ", "kept for ", "an hour. ".repeat(2000)], pauseMs: 50 });
  disk = mountObstacle() === null ? openSmallDisk() : null;
  app = await startApp({
    ...(disk && { DATA_DIR: disk.folder }),
    NODE_OPTIONS: `--import ${SHIFT}`,
    CLOCK_SHIFT_MS: String(HOUR_MS),
    OPENAI_BASE_URL: model.url,
    CHAT_MODEL: "gpt-4o-mini",
    LOG_LEVEL: "info",
  });
  world = createFaultWorld(app);
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await model[Symbol.asyncDispose]();
  disk?.[Symbol.dispose]();
});

/** Times that a jump of the clock must not reach. */
async function expectSoundTimes(requestId: string): Promise<void> {
  const answer = await world.client.fetch(`/api/debug/${requestId}?view=record`);
  const { performance_metrics, spans } = runRecordSchema.parse(await answer.json());
  const { total_duration_ms } = performance_metrics;
  expect(total_duration_ms).toBeGreaterThan(0);
  expect(total_duration_ms).toBeLessThan(HOUR_MS);
  for (const { offset_ms, duration_ms } of spans) {
    expect(offset_ms).toBeGreaterThanOrEqual(0);
    expect(offset_ms + (duration_ms ?? 0)).toBeLessThan(HOUR_MS);
  }
}

describeFaults(machineFaults, {
  diskFull: {
    obstacle: mountObstacle,
    async run({ facts }) {
      await world.expectWell();
      const log = readLog(app);
      disk?.fill();
      const { user } = await world.ask();
      const documents = createDocuments(createClient(app.url, "admin"));
      expect((await documents.send("sidetrace", { "a.md": "# A\n\nNew.\n" })).status).toBe(503);
      const line = facts.log && (await log.expect(facts.log));
      disk?.free();
      await world.expectWell();
      return { user, sidebar: null, log: line, recovery: "alone" };
    },
  },
  diskFullWithin: {
    obstacle: mountObstacle,
    async run({ facts }) {
      const log = readLog(app);
      const { requestId, user } = await world.ask({ within: async () => disk?.fill() });
      const sidebar = await world.sidebar(requestId);
      const line = facts.log && (await log.expect(facts.log, requestId));
      disk?.free();
      await world.expectWell();
      return { user, sidebar, log: line, recovery: "alone" };
    },
  },
  clock: {
    async run({ facts }) {
      const log = readLog(app);
      const jump = async () => void process.kill(app.pid(), "SIGUSR2");
      const { requestId, sessionId, user } = await world.ask({ within: jump });
      await expectSoundTimes(requestId);
      const second = await world.ask({ sessionId });
      await expectSoundTimes(second.requestId);
      const { messages } = await (await world.client.fetch(`/api/sessions/${sessionId}`)).json();
      expect(messages.map(({ role }: { role: string }) => role)).toEqual([
        "user",
        "assistant",
        "user",
        "assistant",
      ]);
      const documents = createDocuments(createClient(app.url, "admin"));
      await documents.createBase("clock");
      const { jobs } = await documents.send("clock", { "a.md": "# A\n\nThe clock struck thirteen.\n" });
      expect((await documents.ended(jobs)).map(({ state }) => state)).toEqual(["done"]);
      const sidebar = await world.sidebar(requestId);
      const line = facts.log && (await log.expect(facts.log, requestId));
      await world.expectWell();
      return { user, sidebar, log: line, recovery: "alone" };
    },
  },
});
