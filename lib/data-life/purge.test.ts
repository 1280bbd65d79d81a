import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRedisClient, type RedisClient } from "@/lib/store/redis-client";
import { readKey, scanKeys } from "@/lib/store/redis-keyspace";
import { type RedisTestServer, startRedisTestServer } from "@/lib/store/redis-test-server";
import { until } from "@/lib/store/until";
import { cited, filesWith, openTestInstallation, type Turn } from "./installation.fixture";
import { type PurgeReport, purge } from "./purge";
import { resolveScope } from "./resolve-scope";
import type { Subject } from "./subject";

const turnOf = (word: string): Turn => ({
  browserId: randomUUID(),
  sessionId: randomUUID(),
  requestId: randomUUID(),
  word,
});

let server: RedisTestServer;
let redis: RedisClient;
beforeAll(async () => {
  server = await startRedisTestServer();
  redis = createRedisClient(server.url);
  await until(() => redis.isReady());
});
afterAll(async () => {
  redis.close();
  await server[Symbol.asyncDispose]();
});

/** Everything that Redis holds, but ids of what was deleted. */
async function dump(): Promise<string> {
  const texts: string[] = [];
  for await (const keys of scanKeys(redis, "*"))
    for (const key of keys)
      if (!/^deleted:|:discarded$/.test(key)) texts.push(JSON.stringify(await readKey(redis, key)));
  return texts.join("\n");
}

describe.each(["sqlite", "redis"] as const)("purging an installation on %s", (kind) => {
  type Installation = Awaited<ReturnType<typeof openTestInstallation>>;
  let installation: Installation;
  const ada = turnOf("heliotrope");
  const bob = turnOf("saffron");
  beforeAll(async () => {
    if (kind === "redis") await redis.pipeline([["FLUSHALL"]]);
    installation = await openTestInstallation(kind === "redis" ? redis : null);
    const filler = Object.fromEntries(
      Array.from({ length: 20 }, (_, n) => [
        `filler-${n}.md`,
        `# Filler ${n}\n\nNothing of note number ${n}.`,
      ]),
    );
    await installation.upload({
      [cited.name]: `# Cited\n\nThe ${cited.word} is kept in the cellar.`,
      ...filler,
    });
    await installation.ask(ada);
    await installation.ask(bob);
    await installation.attach(ada, "own.md", "# Own\n\nMy wallpaper is chartreuse.");
  }, 120_000);
  afterAll(() => installation.close());

  const run = async (subject: Subject, dryRun = false): Promise<PurgeReport> => {
    const { places, cited: texts } = installation.places();
    const scope = await resolveScope(subject, { ...installation, cited: texts });
    return purge(places, scope, { dryRun });
  };
  const leftIn = ({ places }: PurgeReport) =>
    places.filter(({ after, fault }) => after !== 0 || fault !== null);
  const found = ({ places }: PurgeReport) =>
    places.filter(({ before }) => (before ?? 0) > 0).map(({ name }) => name.split(":")[0]);

  it("a dry run finds what there is in every kind of place and removes nothing", async () => {
    const report = await run({ kind: "user", browserId: ada.browserId }, true);
    const kinds = new Set(found(report));
    for (const name of ["Langfuse", "index", kind === "redis" ? "Redis" : "SQLite"])
      expect(kinds).toContain(name);
    expect(report.places.filter(({ fault }) => fault !== null)).toEqual([]);
    expect(await installation.conversations.conversation(ada.sessionId)).not.toBeNull();
  });

  it("all of a browser is gone from every store and from every file, and nobody else's", async () => {
    expect(await filesWith(installation.dataDir, "chartreuse")).not.toEqual([]);
    const report = await run({ kind: "user", browserId: ada.browserId });
    expect(leftIn(report)).toEqual([]);
    expect(report.complete).toBe(true);
    const left = kind === "redis" ? await dump() : "";
    for (const trace of [ada.browserId, ada.sessionId, ada.requestId, ada.word, "chartreuse"]) {
      expect(left).not.toContain(trace);
      expect(await filesWith(installation.dataDir, trace), trace).toEqual([]);
      const { receiver } = installation.langfuse;
      expect(
        JSON.stringify([receiver.traces(), [...receiver.scores()], [...receiver.datasets().items]]),
      ).not.toContain(trace);
    }
    expect(await installation.conversations.conversation(bob.sessionId)).toMatchObject({ turns: 1 });
    expect(installation.langfuse.receiver.traces()).toHaveLength(1);
    expect(await installation.search(cited.word)).not.toEqual([]);
  }, 60_000);

  it("a document is gone from the index, its old versions, and where it was cited or recorded; the answer stays", async () => {
    expect(await filesWith(installation.dataDir, `${cited.word} is kept`)).not.toEqual([]);
    const report = await run({ kind: "document", kbPrefix: "lamp", documentId: cited.id });
    expect(leftIn(report)).toEqual([]);
    expect(report.complete).toBe(true);
    expect(await filesWith(installation.dataDir, cited.word)).toEqual([]);
    if (kind === "redis") expect(await dump()).not.toContain(cited.word);
    expect(installation.langfuse.receiver.traces()).toEqual([]);
    const left = await installation.conversations.conversation(bob.sessionId);
    const answer = left?.messages.find(({ role }) => role === "assistant");
    expect(answer).toMatchObject({
      versions: [{ content: `${bob.word} it is [1]`, sources: [{ snippet: "" }] }],
    });
    expect((await installation.search("Filler note number")).length).toBeGreaterThan(0);
  }, 60_000);

  it("one conversation is gone with its link, and a purge of nothing finds nothing", async () => {
    const report = await run({ kind: "session", sessionId: bob.sessionId });
    expect(leftIn(report)).toEqual([]);
    expect(report.complete).toBe(true);
    expect(await installation.conversations.conversation(bob.sessionId)).toBeNull();
    expect(await installation.conversations.findShared(`link-to-${bob.sessionId}`)).toBeNull();
    const again = await run({ kind: "session", sessionId: bob.sessionId });
    expect(again.places.every(({ before }) => before === 0)).toBe(true);
  }, 60_000);
});

describe("a purge", () => {
  const scope = {
    browserId: null,
    documentId: null,
    sessionIds: [],
    bases: [],
    jobIds: [],
    passageIds: [],
    requestIds: [],
  };
  const place = (name: string, left: number) => ({
    name,
    count: async () => left,
    remove: async () => undefined,
  });

  it("that leaves something, or cannot look, is not complete, and goes on to the other places", async () => {
    const removed: string[] = [];
    const broken = {
      name: "broken",
      count: async () => 1,
      remove: async () => {
        throw new Error("away");
      },
    };
    const last = { ...place("last", 0), remove: async () => void removed.push("last") };
    const report = await purge([broken, last], scope, { dryRun: false });
    expect(report).toMatchObject({ complete: false, places: [{ fault: "away", after: 1 }, { after: 0 }] });
    expect(removed).toEqual(["last"]);
    expect((await purge([place("kept", 1)], scope, { dryRun: false })).complete).toBe(false);
    expect((await purge([place("empty", 0)], scope, { dryRun: false })).complete).toBe(true);
  });
});
