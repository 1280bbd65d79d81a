import { randomUUID } from "node:crypto";
import { appendFile, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createRedisClient, type RedisClient } from "@/lib/store/redis-client";
import { startRedisTestServer } from "@/lib/store/redis-test-server";
import { until } from "@/lib/store/until";
import { backUp } from "./back-up";
import { readBackup } from "./backup-manifest";
import { cited, openTestInstallation, type Turn } from "./installation.fixture";
import { findReplaced, restore } from "./restore";

const turn = (word: string): Turn => ({
  browserId: randomUUID(),
  sessionId: randomUUID(),
  requestId: randomUUID(),
  word,
});

let folder: string;
const closing: (() => Promise<unknown> | unknown)[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sidetrace-backup-"));
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await rm(folder, { recursive: true, force: true });
});

async function openRedis(): Promise<RedisClient> {
  const server = await startRedisTestServer();
  const redis = createRedisClient(server.url);
  closing.push(
    () => server[Symbol.asyncDispose](),
    () => redis.close(),
  );
  await until(() => redis.isReady());
  return redis;
}

async function open(redis: RedisClient | null, dir: string) {
  const installation = await openTestInstallation(redis, dir);
  let closed = false;
  const close = async () => {
    if (!closed) await installation.close();
    closed = true;
  };
  closing.push(close);
  return { ...installation, close };
}

describe.each(["sqlite", "redis"] as const)("a backup of an installation on %s", (kind) => {
  const openStore = () => (kind === "redis" ? openRedis() : null);

  it("taken while it is written to gives a new installation the same conversations and search results", async () => {
    const [oldRedis, newRedis] = [await openStore(), await openStore()];
    const [oldDir, newDir, backup] = ["old", "new", "backup"].map((name) => join(folder, name));
    const old = await open(oldRedis, oldDir ?? "");
    await old.upload({ [cited.name]: `# Cited\n\nThe ${cited.word} is kept in the cellar.` });
    const ada = turn("heliotrope");
    await old.ask(ada);
    const conversation = await old.conversations.conversation(ada.sessionId);
    const results = await old.search(cited.word);
    expect(results.join()).toContain("cellar");

    const ports = { dataDir: oldDir ?? "", redis: oldRedis, hasIndex: true, now: Date.now };
    const writing = old.upload(
      Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`x${n}.md`, `Text ${n}.`])),
    );
    await backUp(backup ?? "", ports);
    await writing;
    await old.close();

    const target = { ...ports, dataDir: newDir ?? "", redis: newRedis };
    expect(await findReplaced(target)).toEqual([]);
    await restore(backup ?? "", await readBackup(backup ?? ""), target);
    const fresh = await open(newRedis, newDir ?? "");
    expect(await fresh.conversations.conversation(ada.sessionId)).toEqual(conversation);
    expect(await fresh.conversations.list(ada.browserId, { limit: 9 })).toMatchObject({
      items: [{ turns: 1 }],
    });
    expect(await fresh.conversations.findShared(`link-to-${ada.sessionId}`)).toBe(ada.sessionId);
    expect(await fresh.search(cited.word)).toEqual(results);
    expect(await findReplaced(target)).toEqual(["all conversations", "the whole index"]);
  }, 120_000);
});

describe("a backup", () => {
  const ports = (dataDir: string) => ({ dataDir, redis: null, hasIndex: false, now: () => 1 });

  it("that was changed, is of a later version, or is none is refused before anything is touched", async () => {
    const backup = join(folder, "backup");
    await backUp(backup, ports(join(folder, "data")));
    await readBackup(backup);
    await appendFile(join(backup, "conversations.sqlite"), "x");
    await expect(readBackup(backup)).rejects.toThrow(/damaged: conversations\.sqlite/);
    await expect(readBackup(folder)).rejects.toThrow("This folder is no backup");
  });

  it("does not overwrite anything, and leaves nothing when it fails", async () => {
    await expect(backUp(folder, ports(folder))).rejects.toThrow("something of that name");
    const backup = join(folder, "backup");
    const broken = { ...ports(folder), hasIndex: true };
    await expect(backUp(backup, broken)).rejects.toThrow();
    for (const left of [backup, `${backup}.partial`]) await expect(stat(left)).rejects.toThrow();
  });

  it("of another kind of store is refused", async () => {
    const backup = join(folder, "backup");
    await backUp(backup, ports(join(folder, "data")));
    const manifest = { ...(await readBackup(backup)), conversations: "redis" as const };
    await expect(restore(backup, manifest, ports(join(folder, "new")))).rejects.toThrow(/set REDIS_URL/);
  });
});
