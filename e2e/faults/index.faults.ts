import { cpSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { until } from "@/lib/store/until";
import { type AppServer, startApp } from "../support/app-server";
import { createClient } from "../support/ask";
import { createDocuments, type Documents } from "../support/documents";
import { describeFaults } from "./describe-faults";
import type { FaultFacts, FaultRow } from "./fault-row";
import { createFaultWorld, type FaultWorld } from "./fault-world";
import { indexFaults } from "./index-rows";
import { readLog } from "./log-reader";
import { lockFolder, lockObstacle } from "./mounts";

const BASE = "garden";
const ROSES = "# Roses\n\nThe Zephirine roses are watered every Thursday evening.\n";
const TULIPS = "# Tulips\n\nThe Queen of Night tulips are planted in October.\n";

let app: AppServer;
let world: FaultWorld;
let documents: Documents;

beforeAll(async () => {
  app = await startApp({ LOG_LEVEL: "info" });
  world = createFaultWorld(app);
  documents = createDocuments(createClient(app.url, "admin"));
  await documents.createBase(BASE);
  await documents.ended((await documents.send(BASE, { "roses.md": ROSES })).jobs);
});

afterAll(() => app[Symbol.asyncDispose]());

const index = () => join(app.dataDir, "index");
const backup = () => join(app.dataDir, "backup-of-index");

/** Questions are answered, and what was uploaded before the fault is found. */
async function expectWell(): Promise<void> {
  await world.expectWell();
  const found = async (query: string) => (await documents.search(BASE, query)).join();
  await until(async () => (await found("Zephirine roses")).includes("Thursday evening"));
}

async function look({ facts }: FaultRow): Promise<FaultFacts> {
  const log = readLog(app);
  const { user } = await world.ask();
  expect((await world.client.fetch("/api/ready")).status).toBe(503);
  return { user, sidebar: null, log: facts.log && (await log.expect(facts.log)), recovery: "backup" };
}

/** Uploads what cannot be written; questions go on as ever. */
async function uploadLocked({ facts }: FaultRow) {
  const log = readLog(app);
  using _lock = lockFolder(index());
  const { jobs } = await documents.send(BASE, { "tulips.md": TULIPS });
  const [job] = await documents.ended(jobs);
  await expectWell();
  return { jobs, job, line: facts.log && (await log.expect(facts.log)) };
}

/** While nothing is written: the index is tended after an upload, and whenever the server has the time. */
async function takeBackup(): Promise<void> {
  await app.end("SIGTERM");
  cpSync(index(), backup(), { recursive: true });
  await app.restart();
}

async function putBackupBack(): Promise<void> {
  await app.end("SIGTERM");
  rmSync(index(), { recursive: true, force: true });
  cpSync(backup(), index(), { recursive: true });
  await app.restart();
}

describeFaults(indexFaults, {
  locked: {
    obstacle: lockObstacle,
    async run(row) {
      const { jobs, job, line } = await uploadLocked(row);
      const admin = createClient(app.url, "admin");
      expect((await admin.fetch(`/api/jobs/${job?.job_id}/retry`, { method: "POST" })).status).toBe(202);
      expect((await documents.ended(jobs)).map(({ state }) => state)).toEqual(["done"]);
      await expectWell();
      return {
        user: { kind: "job", state: job?.state === "failed" ? "failed" : "done" },
        sidebar: null,
        log: line,
        recovery: "alone",
      };
    },
  },
  corrupt: {
    async run(row) {
      await takeBackup();
      for (const entry of readdirSync(index(), { recursive: true, withFileTypes: true })) {
        if (entry.isFile()) writeFileSync(join(entry.parentPath, entry.name), "not what was written here");
      }
      const facts = await look(row);
      await putBackupBack();
      await expectWell();
      return facts;
    },
  },
  deleted: {
    async run(row) {
      rmSync(index(), { recursive: true });
      const facts = await look(row);
      await putBackupBack();
      await expectWell();
      return facts;
    },
  },
});
