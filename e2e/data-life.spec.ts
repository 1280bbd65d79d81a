import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startRedisTestServer } from "@/lib/store/redis-test-server";
import { startApp } from "./support/app-server";
import { createClient, sameBrowser } from "./support/ask";
import { expect, test } from "./support/fixtures";

const SESSION = "0190a2b3-0000-7000-8000-0000000000ac";
const QUESTION = "How long is debug data kept, says zanzibar?";

/** Runs a command of the product as an operator would; its exit code and what it printed. */
async function run(script: string, args: string[], settings: Record<string, string>) {
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, NODE_ENV: "production" as const, ...settings };
  const child = spawn(process.execPath, [`scripts/${script}.mjs`, ...args], { env });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  return { code, output };
}

function createFolders() {
  const root = mkdtempSync(join(tmpdir(), "sidetrace-life-"));
  return {
    path: (name: string) => join(root, name),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

for (const kind of ["sqlite", "redis"] as const) {
  test(`on ${kind}: a backup of a running server is restored elsewhere, and a browser is purged from it`, async () => {
    test.setTimeout(180_000);
    using folders = createFolders();
    await using oldRedis = await startRedisTestServer();
    await using newRedis = await startRedisTestServer();
    const settingsOf = (name: string, url: string) => ({
      DATA_DIR: folders.path(name),
      ...(kind === "redis" && { REDIS_URL: url }),
    });
    const [before, after] = [settingsOf("old", oldRedis.url), settingsOf("new", newRedis.url)];
    const cookie = { value: "" };
    const ask = { message: QUESTION, session_id: SESSION, kb_prefix: "sidetrace" };
    await using old = await startApp(before);
    const ada = createClient(old.url, "debug", cookie);
    await ada.answer(ask);
    const conversation = await (await ada.fetch(`/api/sessions/${SESSION}`)).json();

    const backup = folders.path("backup");
    const taken = await run("backup", [backup], before);
    expect(taken).toMatchObject({ code: 0, output: expect.stringContaining("MiB") });
    expect((await run("backup", [backup], before)).code).toBe(1);
    const { port } = new URL(old.url);
    const inTheWay = await run("restore", [backup], { ...before, PORT: port });
    expect(inTheWay).toMatchObject({ code: 1, output: expect.stringContaining("Stop the server first") });
    await old.end("SIGTERM");

    expect(await run("restore", [backup], { ...after, PORT: port })).toMatchObject({ code: 0 });
    const again = await run("restore", [backup], { ...after, PORT: port });
    expect(again).toMatchObject({ code: 2, output: expect.stringContaining("say --yes") });
    await using fresh = await startApp(after);
    const same = sameBrowser(cookie, fresh.url);
    expect(await (await same.fetch(`/api/sessions/${SESSION}`)).json()).toEqual(conversation);
    await same.answer({ ...ask, message: "And how long are conversations kept, says zanzibar?" });
    const found = await same.fetch("/api/search", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: QUESTION, kb_prefix: "sidetrace", agent_type: "hybrid_agent", top_k: 5 }),
    });
    expect((await found.json()).results.length).toBeGreaterThan(0);

    const user = decodeURIComponent(cookie.value).replace("sidetrace_browser=", "").split(".")[0] ?? "";
    const { port: newPort } = new URL(fresh.url);
    const refused = await run("purge", ["--user", user], { ...after, PORT: newPort });
    expect(refused).toMatchObject({ code: 1, output: expect.stringContaining("Stop the server first") });
    await fresh.end("SIGTERM");
    const dry = await run("purge", ["--user", user, "--dry-run"], { ...after, PORT: newPort });
    expect(dry).toMatchObject({ code: 0, output: expect.stringMatching(/conversations +[1-9]/) });
    const purged = await run("purge", ["--user", user], { ...after, PORT: newPort });
    expect(purged.output).toContain("All of it is gone");
    expect(purged.code).toBe(0);
    await fresh.restart();
    expect((await same.fetch(`/api/sessions/${SESSION}`)).status).toBe(404);
    expect((await run("purge", ["--user", "x"], after)).code).toBe(2);
  });
}
