import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { countTokens } from "gpt-tokenizer";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "@/lib/domain/clock";
import { openRetrieval } from "@/lib/retrieval/open-retrieval";
import { createWorkplace } from "@/lib/retrieval/testing/two-handbooks";
import { freePort } from "@/lib/store/free-port";
import { startRedisTestServer } from "@/lib/store/redis-test-server";
import { examine, type Patient } from "./examine";
import type { Finding } from "./finding";
import { KEYS, startLangfuseServer } from "./langfuse-server.fixture";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sidetrace-doctor-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function examined(
  environment: Record<string, string>,
  changes: Partial<Patient> = {},
): Promise<Finding[]> {
  const limits = { appearMs: 400, pollMs: 20 };
  const patient = {
    nodeVersion: "24.0.0",
    fileNames: [],
    composeText: "",
    clock: systemClock,
    limits,
    ...changes,
  };
  return Array.fromAsync(examine({ ...patient, environment: { DATA_DIR: folder, ...environment } }));
}

/** Runs the command in a folder of its own, with nothing of this process's environment but the way to programs. */
function runDoctor(
  environment: Record<string, string>,
  ...options: string[]
): Promise<{ code: number; out: string }> {
  const { PATH, HOME } = process.env;
  const script = resolve("scripts/doctor.mjs");
  return new Promise((done) => {
    execFile(
      process.execPath,
      [script, ...options],
      { cwd: folder, env: { PATH, HOME, DATA_DIR: folder, NODE_ENV: "production", ...environment } },
      (error, stdout, stderr) => done({ code: Number(error?.code ?? 0), out: stdout + stderr }),
    );
  });
}

async function emptyFiles(index: string): Promise<void> {
  for (const name of await readdir(index, { recursive: true })) {
    if (/\.(lance|manifest)$/.test(name) && (await stat(join(index, name))).isFile()) {
      await writeFile(join(index, name), "");
    }
  }
}

describe("the doctor", () => {
  it("looks at everything, in one order", async () => {
    await using redis = await startRedisTestServer();
    await using langfuse = await startLangfuseServer();
    const findings = await examined({
      PORT: `${await freePort()}`,
      REDIS_URL: redis.url,
      LANGFUSE_ENABLED: "true",
      LANGFUSE_HOST: langfuse.url,
      LANGFUSE_PUBLIC_KEY: KEYS.publicKey,
      LANGFUSE_SECRET_KEY: KEYS.secretKey,
    });
    expect(findings.map(({ check, state }) => `${check} ${state}`)).toEqual([
      "node ok",
      "ports ok",
      "environment ok",
      "redis ok",
      "index ok",
      "model ok",
      "langfuse ok",
      "langfuse_keys ok",
      "clickhouse ok",
      "langfuse_worker ok",
      "langfuse_coverage ok",
    ]);
  });

  it("stops at a setting with which Sidetrace would not start", async () => {
    const findings = await examined({ PORT: "many" });
    expect(findings).toMatchObject([
      { check: "node" },
      { check: "environment", state: "fail", message: expect.stringContaining("PORT") },
    ]);
  });

  it("counts the passages of the index, and tells one that is damaged without touching it", async () => {
    await using place = await createWorkplace();
    const options = { dataDir: place.dataDir, docsDir: place.docsDir, countTokens, embedding: null };
    const retrieval = await openRetrieval({ ...options, clock: systemClock, onProgress: () => {} });
    const passages = await retrieval.index.passageCount();
    await retrieval.close();
    const find = async () => {
      const findings = await examined({ DATA_DIR: place.dataDir, PORT: "0" });
      return findings.find(({ check }) => check === "index");
    };
    expect(await find()).toMatchObject({ state: "ok", message: `${passages} passages` });
    await emptyFiles(join(place.dataDir, "index"));
    expect(await find()).toMatchObject({ state: "fail", todo: expect.stringContaining("backup") });
    expect(await find()).toMatchObject({ state: "fail" });
  });
});

describe("npm run doctor", () => {
  it("prints a line for each check with what to do, ends with 1, and never prints a secret", async () => {
    await writeFile(join(folder, ".env"), "LANGFUSE_HOTS=http://x\nDEBUG_TOKEN=debug-secret\n");
    const redis = `redis://:redis-secret@127.0.0.1:${await freePort()}`;
    const { code, out } = await runDoctor({ PORT: "0", REDIS_URL: redis });
    expect(code).toBe(1);
    expect(out).toMatch(/^✓ Node +\d+\.\d+/m);
    expect(out).toMatch(
      /^! Settings +LANGFUSE_HOTS is not a setting of Sidetrace; LANGFUSE_HOST is\n +→ rename it/m,
    );
    expect(out).toMatch(/^✗ Redis +Redis is not reachable \(ECONNREFUSED\)\n +→ start Redis/m);
    expect(out).not.toMatch(/secret|127\.0\.0\.1/);
  });

  it("prints the same for programs with --json, and ends with 0 when all works", async () => {
    const { code, out } = await runDoctor({ PORT: "0" }, "--json");
    expect(code).toBe(0);
    const report = JSON.parse(out);
    expect(report.ok).toBe(true);
    expect(report.findings).toContainEqual({
      check: "model",
      state: "ok",
      message: "the offline model answers: no key, no network",
      todo: null,
    });
  });

  it("says how it is called when it is called otherwise", async () => {
    expect(await runDoctor({}, "--all")).toEqual({ code: 2, out: "usage: npm run doctor [-- --json]\n" });
  });
});
