import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { appendFile, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it, vi } from "vitest";
import { backUpLangfuse } from "./back-up-langfuse";
import { createDockerCompose } from "./docker-compose";
import { createFakeDocker, type FakeDocker } from "./fake-docker.fixture";
import { findLangfuse } from "./langfuse-containers";
import type { Profile } from "./langfuse-settings";
import { restoreLangfuse } from "./restore-langfuse";

/** More than a pipe holds, and no text. */
const CONTENT = {
  postgres: randomBytes(300_000),
  clickhouse: randomBytes(400_000),
  bucket: randomBytes(500_000),
};
const STORES = Object.keys(CONTENT);
const options = { now: 1_700_000_000_000, onPart: () => {} };

const find = () => findLangfuse(createDockerCompose("docker-compose.langfuse.yml"));
const backUp = async (folder: string) => backUpLangfuse(await find(), folder, options);
const restore = async (folder: string) => restoreLangfuse(await find(), folder, options);
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

/** A Langfuse that runs and has something in each store. */
async function createLangfuse(profile: Profile = "full"): Promise<FakeDocker> {
  const docker = await createFakeDocker(profile);
  for (const [name, bytes] of Object.entries(CONTENT)) await docker.set(name, bytes);
  return docker;
}

/** The same with a backup, and data that has changed since. */
async function createBackedUp(profile: Profile = "full") {
  const docker = await createLangfuse(profile);
  const folder = join(docker.folder, "backup");
  await backUp(folder);
  for (const name of STORES) await docker.set(name, "later");
  return { docker, folder };
}

/** Runs a command as a person does. */
function run(script: "backup" | "restore", ...args: string[]) {
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(process.execPath, [`scripts/langfuse-${script}.mjs`, ...args], (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });
}

describe("a backup of Langfuse", () => {
  it("has all three stores whole, for their owner alone, and leaves nothing in the containers", async () => {
    await using docker = await createLangfuse();
    const folder = join(docker.folder, "backups", "one");
    await backUp(folder);
    expect(await readFile(join(folder, "postgres.dump"))).toEqual(CONTENT.postgres);
    expect(await readFile(join(folder, "clickhouse.zip"))).toEqual(CONTENT.clickhouse);
    expect(gunzipSync(await readFile(join(folder, "bucket.tar.gz")))).toEqual(CONTENT.bucket);
    expect(await modeOf(folder)).toBe("700");
    for (const name of await readdir(folder)) expect(await modeOf(join(folder, name))).toBe("600");
    expect(await docker.leftovers()).toEqual([]);
  });

  it("is made by plain docker compose commands, with no secret among their arguments", async () => {
    await using docker = await createLangfuse();
    await backUp(join(docker.folder, "one"));
    const calls = await docker.calls();
    expect(calls.map((args) => args.find((arg) => ["ps", "exec", "run"].includes(arg)))).toEqual([
      ...["ps", "exec", "exec", "exec", "exec", "run"],
    ]);
    expect(calls[1]?.join(" ")).toBe(
      "--profile full exec -T postgres pg_dump -U langfuse -d langfuse --format=custom",
    );
    expect(calls[2]?.at(-1)).toBe(
      "BACKUP DATABASE default TO File('/var/lib/clickhouse/backups/sidetrace-1700000000000.zip')",
    );
    expect(calls.flat().join(" ")).not.toMatch(/PASSWORD=|--password [^"]/);
  });

  it.each(["pg_dump", "BACKUP", "cat /var", "-cf -"])(
    "leaves no half of itself when %s fails",
    async (part) => {
      await using docker = await createLangfuse();
      docker.failAt(part);
      await expect(backUp(join(docker.folder, "one"))).rejects.toThrow("as told");
      expect((await readdir(docker.folder)).toSorted()).toEqual(["bin", "state"]);
      expect(await docker.leftovers()).toEqual([]);
    },
  );

  it("has what is in containers when PostgreSQL is the host's", async () => {
    await using docker = await createLangfuse("simplified");
    const folder = join(docker.folder, "one");
    await backUp(folder);
    expect((await readdir(folder)).toSorted()).toEqual(["bucket.tar.gz", "clickhouse.zip", "manifest.json"]);
  });

  it("never goes into a folder that is there", async () => {
    await using docker = await createLangfuse();
    await mkdir(join(docker.folder, "mine"));
    await expect(backUp(join(docker.folder, "mine"))).rejects.toThrow("already");
    expect(await readdir(join(docker.folder, "mine"))).toEqual([]);
  });

  it("is refused while Langfuse or a part of it does not run, and where there is no Docker", async () => {
    await using docker = await createLangfuse();
    for (const services of ["", "clickhouse", "langfuse-web\nclickhouse\nlangfuse-redis"]) {
      await docker.set("running", services);
      await expect(backUp(join(docker.folder, "one"))).rejects.toThrow("Langfuse does not run");
    }
    vi.stubEnv("PATH", join(docker.folder, "state"));
    await expect(find()).rejects.toThrow("Docker is not on the PATH.");
  });

  it("ends without a trace when it is interrupted", async () => {
    await using docker = await createLangfuse();
    const compose = createDockerCompose("docker-compose.langfuse.yml");
    const folder = join(docker.folder, "one");
    const containers = await findLangfuse(compose);
    const onPart = () => setImmediate(compose.interrupt);
    await expect(backUpLangfuse(containers, folder, { ...options, onPart })).rejects.toThrow(
      "docker compose failed",
    );
    expect((await readdir(docker.folder)).toSorted()).toEqual(["bin", "state"]);
  });
});

describe("what is restored", () => {
  it.each(["full", "simplified"] as const)("is every byte that a backup of %s took", async (profile) => {
    const { docker, folder } = await createBackedUp(profile);
    await using _ = docker;
    await docker.set("queue", "stale jobs");
    const before = await docker.running();
    await restore(folder);
    expect(await docker.get("clickhouse")).toEqual(CONTENT.clickhouse);
    expect(await docker.get("bucket")).toEqual(CONTENT.bucket);
    expect((await docker.get("postgres")).equals(CONTENT.postgres)).toBe(profile === "full");
    expect((await docker.get("queue")).toString()).toBe(profile === "full" ? "" : "stale jobs");
    expect(await docker.running()).toEqual(before);
    expect(await docker.leftovers()).toEqual([]);
  });

  it("is nothing when a file of the backup is not as it was written", async () => {
    const { docker, folder } = await createBackedUp();
    await using _ = docker;
    await appendFile(join(folder, "bucket.tar.gz"), "x");
    await expect(restore(folder)).rejects.toThrow("The backup is damaged: bucket.tar.gz");
    for (const name of STORES) expect((await docker.get(name)).toString()).toBe("later");
  });

  it("is nothing out of a folder that is no backup, or was made by a later version", async () => {
    const { docker, folder } = await createBackedUp();
    await using _ = docker;
    await expect(restore(docker.folder)).rejects.toThrow("no backup");
    await writeFile(join(folder, "manifest.json"), '{ "v": 2 }');
    await expect(restore(folder)).rejects.toThrow("later version");
    await writeFile(join(folder, "manifest.json"), '{ "v": 1');
    await expect(restore(folder)).rejects.toThrow("manifest.json cannot be read");
  });

  it("is nothing out of a backup of the other size", async () => {
    const { docker, folder } = await createBackedUp("simplified");
    await using _ = docker;
    await docker.set("running", "postgres\nclickhouse\nlangfuse-redis\n");
    await expect(restore(folder)).rejects.toThrow("of the profile simplified");
  });

  it.each(["pg_restore", "cat >", "RESTORE", "-xf -"])(
    "comes at the second try when %s fails at the first, after which all runs again",
    async (part) => {
      const { docker, folder } = await createBackedUp();
      await using _ = docker;
      const before = await docker.running();
      docker.failAt(part);
      await expect(restore(folder)).rejects.toThrow("as told");
      expect(await docker.running()).toEqual(before);
      docker.failAt(null);
      await restore(folder);
      for (const [name, bytes] of Object.entries(CONTENT)) expect(await docker.get(name)).toEqual(bytes);
    },
  );
});

describe("npm run langfuse:backup and langfuse:restore", () => {
  it("bring a backup back, and say that .env belongs to it", async () => {
    await using docker = await createLangfuse();
    const folder = join(docker.folder, "one");
    expect(await run("backup", folder)).toMatchObject({ code: 0, out: expect.stringContaining("Keep .env") });
    await docker.set("postgres", "later");
    expect(await run("restore", folder, "--yes")).toMatchObject({
      code: 0,
      out: expect.stringContaining("npm run doctor"),
    });
    expect(await docker.get("postgres")).toEqual(CONTENT.postgres);
  });

  it("overwrite nothing without --yes, and say what they would", async () => {
    const { docker, folder } = await createBackedUp();
    await using _ = docker;
    const calls = (await docker.calls()).length;
    const { code, err } = await run("restore", folder);
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining("say --yes") });
    expect(await docker.calls()).toHaveLength(calls);
    expect((await docker.get("postgres")).toString()).toBe("later");
  });

  it("end with 1 and a sentence when something fails, and with 2 and how they are called", async () => {
    await using docker = await createLangfuse("simplified");
    const folder = join(docker.folder, "one");
    expect((await run("backup", folder)).out).toContain("PostgreSQL is the host's");
    expect(await run("backup", folder)).toMatchObject({
      code: 1,
      err: "There is something of that name already.\n",
    });
    expect(await run("restore")).toMatchObject({ code: 2, err: expect.stringMatching(/^usage: /) });
    expect(await run("backup", "one", "two")).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^usage: /),
    });
  });
});
