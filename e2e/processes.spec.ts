import { spawnSync } from "node:child_process";
import { createRedisTestServer, startRedisTestServer } from "@/lib/store/redis-test-server";
import { startApp } from "./support/app-server";
import { createClient, sameBrowser, textOf } from "./support/ask";
import { expect, test } from "./support/fixtures";
import { startModelServer } from "./support/model-server";

const QUESTION = { message: "What does the debug sidebar show?", kb_prefix: "sidetrace" };
const SECRETS = { SESSION_SECRETS: "shared-by-both" };

function gate() {
  let open = () => {};
  const until = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { until, open };
}

test("two processes on one Redis serve each other's polls, streams and stops", async () => {
  await using redis = await startRedisTestServer();
  const held = gate();
  await using model = await startModelServer({
    pieces: ["One", " two"],
    holdAt: { index: 1, until: held.until },
  });
  const settings = { ...SECRETS, REDIS_URL: redis.url, OPENAI_BASE_URL: model.url };
  await using first = await startApp(settings);
  await using second = await startApp(settings);
  const cookie = { value: "" };
  const here = createClient(first.url, "debug", cookie);
  const { response, frames } = await here.ask(QUESTION);
  const requestId = response.headers.get("x-request-id");
  const seen = [];
  for await (const { frame } of frames) {
    seen.push(frame);
    if (frame.status === "token") break;
  }
  const there = sameBrowser(cookie, second.url);
  await expect
    .poll(async () => (await (await there.fetch(`/api/debug/${requestId}`)).json()).events?.length ?? 0)
    .toBeGreaterThan(10);
  const answer = await (await there.fetch(`/api/debug/${requestId}`)).json();
  expect(answer).toMatchObject({ status: "running", source: "redis", degraded: false });
  const resumed = there
    .fetch(`/api/chat/${requestId}/stream?after=${seen.length}`)
    .then((stream) => stream.text());
  held.open();
  const rest = await resumed;
  expect(rest).toContain(`id: ${seen.length + 1}\n`);
  expect(rest).toContain('"finish_reason":"stop"');

  const never = gate();
  model.script({ pieces: ["One", " two"], holdAt: { index: 1, until: never.until } });
  const running = await here.ask(QUESTION);
  const runningId = running.response.headers.get("x-request-id");
  expect((await there.fetch(`/api/chat/${runningId}/stop`, { method: "POST" })).status).toBe(202);
  const all = [];
  for await (const { frame } of running.frames) all.push(frame);
  expect(all.at(-1)).toMatchObject({ status: "done", finish_reason: "aborted" });
});

test("when the process that answers is killed, readers hear of it within 15 s and the next question works", async () => {
  test.setTimeout(120_000);
  await using redis = await startRedisTestServer();
  await using model = await startModelServer({
    pieces: ["Half", " more"],
    holdAt: { index: 1, until: new Promise<void>(() => {}) },
  });
  const settings = { ...SECRETS, REDIS_URL: redis.url, OPENAI_BASE_URL: model.url };
  await using first = await startApp(settings);
  await using second = await startApp(settings);
  const cookie = { value: "" };
  const { response, frames } = await createClient(first.url, "debug", cookie).ask(QUESTION);
  const requestId = response.headers.get("x-request-id");
  let sessionId = "";
  for await (const { frame } of frames) {
    if (frame.status === "start") sessionId = frame.session_id;
    if (frame.status === "token") break;
  }
  const there = sameBrowser(cookie, second.url);
  await expect
    .poll(
      async () =>
        (await there.fetch(`/api/chat/${requestId}/stream`, { signal: AbortSignal.timeout(500) })).status,
    )
    .toBe(200);
  await first.end("SIGKILL");
  const started = Date.now();
  const text = await (await there.fetch(`/api/chat/${requestId}/stream`)).text();
  expect(Date.now() - started).toBeLessThan(15_000);
  expect(text).toContain('"code":"interrupted"');
  expect(text.match(/"status":"done"/g)).toHaveLength(1);
  const record = await (await there.fetch(`/api/debug/${requestId}?view=record`)).json();
  expect(record).toMatchObject({ status: "error", answer: "Half" });
  expect(record.generations[0]).toMatchObject({ response: "Half", finish_reason: "error", usage: null });
  expect(record.performance_metrics.total_duration_ms).toBeGreaterThan(record.performance_metrics.ttft_ms);
  expect(record.spans.filter(({ status }: { status: string }) => status === "running")).toEqual([]);
  const view = await (await there.fetch(`/api/sessions/${sessionId}`)).json();
  expect(view.messages[1].versions[0]).toMatchObject({
    status: "error",
    content: "Half",
    error: { code: "interrupted" },
  });
  model.script({ pieces: ["Fine."] });
  const next = await there.answer({ ...QUESTION, regenerate_of: requestId });
  expect(textOf(next.frames)).toBe("Fine.");
});

test("chat goes on without Redis and says so; when it is back it is used again, without a restart", async () => {
  test.setTimeout(120_000);
  await using redis = await startRedisTestServer();
  await using app = await startApp({ ...SECRETS, REDIS_URL: redis.url });
  const client = createClient(app.url);
  const before = await client.answer(QUESTION);
  await redis.stop();
  const { requestId, frames } = await client.answer(QUESTION);
  expect(frames.at(-1)).toMatchObject({ finish_reason: "stop" });
  const answer = await (await client.fetch(`/api/debug/${requestId}`)).json();
  expect(answer).toMatchObject({ source: "memory", degraded: true, status: "success" });
  expect((await (await client.fetch("/api/ready")).json()).status).toBe("degraded");
  await redis.start();
  await expect
    .poll(async () => (await (await client.fetch(`/api/debug/${requestId}`)).json()).source, {
      timeout: 30_000,
    })
    .toBe("redis");
  const after = await (await client.fetch(`/api/debug/${requestId}`)).json();
  expect(after).toMatchObject({ degraded: false, dropped: 0 });
  expect(after.events).toEqual(answer.events);
  expect(before.requestId).not.toBe(requestId);
});

test("Redis that is absent at the start is used as soon as it is there", async () => {
  await using redis = await createRedisTestServer();
  await using app = await startApp({ ...SECRETS, REDIS_URL: redis.url });
  const client = createClient(app.url);
  const { requestId } = await client.answer(QUESTION);
  expect(await (await client.fetch(`/api/debug/${requestId}`)).json()).toMatchObject({
    source: "memory",
    degraded: true,
  });
  await redis.start();
  await expect
    .poll(async () => (await (await client.fetch(`/api/debug/${requestId}`)).json()).source, {
      timeout: 30_000,
    })
    .toBe("redis");
});

test("SIGTERM lets a running answer end, refuses new ones, and exits with 0", async () => {
  const held = gate();
  await using model = await startModelServer({
    pieces: ["One", " two"],
    holdAt: { index: 1, until: held.until },
  });
  await using app = await startApp({ OPENAI_BASE_URL: model.url });
  const client = createClient(app.url);
  const { frames } = await client.ask(QUESTION);
  const all = [];
  let ended: Promise<number | null> | undefined;
  for await (const { frame } of frames) {
    all.push(frame);
    if (frame.status === "token" && !ended) {
      ended = app.end("SIGTERM");
      await expect.poll(async () => (await client.fetch("/api/ready")).status).toBe(503);
      const refused = await client.fetch("/api/chat", {
        method: "POST",
        body: JSON.stringify(QUESTION),
        headers: { "content-type": "application/json" },
      });
      expect(refused.status).toBe(503);
      held.open();
    }
  }
  expect(all.at(-1)).toMatchObject({ status: "done", finish_reason: "stop" });
  expect(await ended).toBe(0);
});

test("conversations outlive a restart", async () => {
  await using app = await startApp();
  const client = createClient(app.url);
  const { frames } = await client.answer({ message: "Hello" });
  const start = frames[0];
  await app.end("SIGTERM");
  await app.restart();
  const id = start?.status === "start" ? start.session_id : "";
  expect((await client.fetch(`/api/sessions/${id}`)).status).toBe(200);
});

test("a malformed setting and a busy port stop the start with one line that names them", async ({ app }) => {
  const start = (settings: Record<string, string>) =>
    spawnSync(process.execPath, ["scripts/serve.mjs"], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: "production", ...settings },
      encoding: "utf8",
      timeout: 30_000,
    });
  const malformed = start({ REDIS_URL: "nonsense", PORT: "0" });
  expect(malformed.status).toBe(1);
  expect(malformed.stderr.trim()).toMatch(/^REDIS_URL is not valid: [^\n]+$/);
  const folder = start({ DATA_DIR: "/dev/null/x", PORT: "0" });
  expect(folder.status).toBe(1);
  expect(folder.stderr.trim()).toMatch(/^DATA_DIR cannot be used: [^\n]+$/);
  const busy = start({ PORT: new URL(app.url).port });
  expect(busy.status).toBe(1);
  expect(busy.stderr.trim()).toMatch(new RegExp(`^Port ${new URL(app.url).port} on [^\\n]+$`));
});
