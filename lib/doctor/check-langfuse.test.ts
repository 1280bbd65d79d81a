import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { systemClock } from "@/lib/domain/clock";
import { parseSettings } from "@/lib/env";
import { freePort } from "@/lib/store/free-port";
import { checkLangfuse } from "./check-langfuse";
import type { Finding } from "./finding";
import { KEYS, type LangfuseScript, startLangfuseServer } from "./langfuse-server.fixture";

const patience = { clock: systemClock, clickhouseUrl: null, appearMs: 400, pollMs: 20 };
const settingsFor = (host: string, changes: Record<string, string> = {}) =>
  parseSettings({
    LANGFUSE_ENABLED: "true",
    LANGFUSE_HOST: host,
    LANGFUSE_PUBLIC_KEY: KEYS.publicKey,
    LANGFUSE_SECRET_KEY: KEYS.secretKey,
    ...changes,
  });
const states = (findings: Finding[]) => findings.map(({ check, state }) => `${check} ${state}`);

async function examine(script: Partial<LangfuseScript>, changes: Record<string, string> = {}) {
  await using server = await startLangfuseServer(script);
  const findings = await checkLangfuse(settingsFor(server.url, changes), patience);
  return { findings, failure: findings.find(({ state }) => state === "fail"), requests: server.requests };
}

describe("the doctor at Langfuse", () => {
  it.each(["4.16.0", "3.155.0"])(
    "sees a trace with its generation come back from server %s",
    async (version) => {
      const { findings, requests } = await examine({ version });
      expect(states(findings)).toEqual([
        "langfuse ok",
        "langfuse_keys ok",
        "clickhouse ok",
        "langfuse_worker ok",
        "langfuse_coverage ok",
      ]);
      expect(findings[0]?.message).toBe(`version ${version}`);
      expect(findings[1]?.message).toBe("valid, project project-1");
      expect(requests.at(-1)).toMatch(/^DELETE \/api\/public\/traces\/[0-9a-f]{32}$/);
    },
  );

  it("tells a worker that is missing, and deletes what may come later", async () => {
    const { failure, requests } = await examine({ worker: "absent" });
    expect(failure).toMatchObject({
      check: "langfuse_worker",
      todo: expect.stringContaining("langfuse-worker"),
    });
    expect(requests.at(-1)).toMatch(/^DELETE/);
  });

  it("tells that traces come without their generations", async () => {
    const { failure } = await examine({ worker: "loses generations" });
    expect(failure).toMatchObject({
      check: "langfuse_worker",
      message: expect.stringContaining("generation"),
    });
  });

  it("tells ClickHouse from a missing worker", async () => {
    const { findings } = await examine({ clickhouse: "absent" });
    expect(states(findings)).toEqual([
      "langfuse ok",
      "langfuse_keys ok",
      "clickhouse fail",
      "langfuse_coverage ok",
    ]);
  });

  it("asks ClickHouse itself where its address is given", async () => {
    await using langfuse = await startLangfuseServer();
    const ask = (clickhouseUrl: string) =>
      checkLangfuse(settingsFor(langfuse.url), { ...patience, clickhouseUrl });
    const clickhouse = createServer((request, response) =>
      response.end(request.url === "/ping" ? "Ok.\n" : ""),
    );
    await new Promise<void>((resolve) => clickhouse.listen(0, "127.0.0.1", resolve));
    const { port } = clickhouse.address() as AddressInfo;
    expect(states(await ask(`http://127.0.0.1:${port}/`))).toContain("clickhouse ok");
    await new Promise((resolve) => clickhouse.close(resolve));
    expect(states(await ask(`http://127.0.0.1:${port}`))).toContain("clickhouse fail");
  });

  it("tells that the bucket does not take what comes", async () => {
    const { failure } = await examine({ bucket: "absent" });
    expect(failure).toMatchObject({ check: "langfuse_worker", todo: expect.stringContaining("minio") });
  });

  it("tells wrong keys, and asks nothing further", async () => {
    const { failure, requests } = await examine({}, { LANGFUSE_SECRET_KEY: "sk-lf-other" });
    expect(failure).toMatchObject({ check: "langfuse_keys", message: "Langfuse refused the keys (401)" });
    expect(requests).toHaveLength(2);
  });

  it("tells that Langfuse cannot look keys up from keys that are wrong", async () => {
    const { failure } = await examine({ postgres: "absent" });
    expect(failure).toMatchObject({ check: "langfuse_keys", todo: expect.stringContaining("PostgreSQL") });
  });

  it("tells a project id that is another's", async () => {
    const { findings } = await examine({}, { LANGFUSE_PROJECT_ID: "project-2" });
    expect(states(findings)).toContain("langfuse_keys warn");
  });

  it("tells an address at which nothing listens from one at which another program does", async () => {
    const nobody = await checkLangfuse(settingsFor(`http://127.0.0.1:${await freePort()}`), patience);
    expect(nobody[0]).toMatchObject({ state: "fail", message: "nothing answers at LANGFUSE_HOST" });
    const { failure } = await examine({ front: "another program" });
    expect(failure).toMatchObject({
      check: "langfuse",
      message: "what answers at LANGFUSE_HOST is not Langfuse",
    });
  });

  it("tells a Langfuse that is starting, and does not wait for ever for one that is silent", async () => {
    const { failure } = await examine({ front: "starting" });
    expect(failure).toMatchObject({ check: "langfuse", message: "Langfuse is not healthy (503)" });
    const silent = await examine({ front: "silent" });
    expect(silent.failure).toMatchObject({ check: "langfuse", message: expect.stringContaining("in time") });
  });

  it.each([
    ["2.95.0", "fail"],
    ["3.40.0", "warn"],
    ["5.0.0", "warn"],
  ])("knows that version %s is not what it was made for: %s", async (version, state) => {
    const { findings } = await examine({ version });
    expect(states(findings)[0]).toBe(`langfuse ${state}`);
    expect(findings[0]?.message).toContain(version);
  });

  it("tells what is left out by choice", async () => {
    const rate = await examine({}, { LANGFUSE_SAMPLE_RATE: "0.1" });
    expect(rate.findings.at(-1)?.message).toBe("LANGFUSE_SAMPLE_RATE leaves out 90 % of the requests");
    const debug = await examine({}, { LANGFUSE_TRACE: "debug" });
    expect(states(debug.findings).at(-1)).toBe("langfuse_coverage warn");
  });

  it("is content with a Langfuse that is off, and not with one that lacks a key", async () => {
    expect(states(await checkLangfuse(parseSettings({}), patience))).toEqual(["langfuse ok"]);
    const halfway = parseSettings({ LANGFUSE_ENABLED: "true", LANGFUSE_PUBLIC_KEY: "pk" });
    const [finding] = await checkLangfuse(halfway, patience);
    expect(finding).toMatchObject({ state: "fail", message: expect.stringContaining("LANGFUSE_SECRET_KEY") });
  });

  it("never names a key or an address", async () => {
    for (const script of [
      {},
      { worker: "absent" },
      { front: "another program" },
      { clickhouse: "absent" },
    ] as const) {
      const { findings } = await examine(script);
      expect(JSON.stringify(findings)).not.toMatch(/pk-lf|sk-lf|127\.0\.0\.1/);
    }
  });
});
