import { createRedisClient } from "@/lib/store/redis-client";
import { startRedisTestServer } from "@/lib/store/redis-test-server";
import { type AppServer, startApp } from "./support/app-server";
import { type Client, createClient, textOf } from "./support/ask";
import { expectNoViolations } from "./support/axe";
import { expect, test } from "./support/fixtures";
import { type OtlpReceiver, startOtlpReceiver } from "./support/otlp-receiver";
import { askInPage, openAsDeveloper, overflowOf, untilAnswered } from "./support/page";
import type { Fault } from "./support/receiver-fault";

const QUESTION = { message: "How long is debug data kept?", kb_prefix: "sidetrace" };
const traceId = (requestId: string) => requestId.replaceAll("-", "");

function connected(receiver: OtlpReceiver, settings: Record<string, string> = {}) {
  const keys = { LANGFUSE_PUBLIC_KEY: receiver.publicKey, LANGFUSE_SECRET_KEY: receiver.secretKey };
  return startApp({ LANGFUSE_ENABLED: "true", LANGFUSE_HOST: receiver.url, ...keys, ...settings });
}

async function counts(app: AppServer) {
  const { checks } = await (await fetch(`${app.url}/api/ready`)).json();
  const { exported, failed, pending, dropped } = checks.langfuse;
  return { exported, failed, pending, dropped };
}

async function linkOf(client: Client, requestId: string) {
  return (await (await client.fetch(`/api/debug/${requestId}`)).json()).trace;
}

async function vote(client: Client, request_id: string, value: "up" | "down") {
  const body = JSON.stringify({ request_id, value });
  const headers = { "content-type": "application/json" };
  expect((await client.fetch("/api/feedback", { method: "POST", headers, body })).status).toBe(200);
}

/** How often the receiver was sent a trace. */
const sent = (receiver: OtlpReceiver) => receiver.requests().filter((line) => line.includes("/otel/")).length;

test("killed in an outage and started again, with Redis: every run and vote arrives, once", async () => {
  test.setTimeout(120_000);
  await using redis = await startRedisTestServer({ durable: true });
  const receiver = await startOtlpReceiver();
  receiver.setFault({ kind: "status", status: 503 }, "all");
  await using app = await connected(receiver, { REDIS_URL: redis.url, SESSION_SECRETS: "one" });
  const client = createClient(app.url);
  const mail = "anna.schmidt@corp.example";
  const asked: string[] = [];
  for (const message of [QUESTION.message, "谁可以看到调试数据？", `Is ${mail} masked?`]) {
    asked.push((await client.answer({ ...QUESTION, message })).requestId);
  }
  const [deleted = "", ...kept] = asked;
  await expect.poll(async () => (await linkOf(client, deleted)).state).toBe("failed");
  await expect.poll(async () => (await counts(app)).pending).toBe(3);

  for (const requestId of asked) await vote(client, requestId, "down");
  for (const requestId of kept) await vote(client, requestId, "up");

  const store = createRedisClient(redis.url);
  await expect.poll(() => store.isReady()).toBe(true);
  const votes = () => store.pipeline(asked.map((id) => ["GET", `export:{${traceId(id)}-user_feedback}`]));
  await expect.poll(async () => (await votes()).map(String).join()).toMatch(/"down".*"up".*"up"/);
  const texts = await store.pipeline(asked.map((id) => ["GET", `export:{${traceId(id)}}`]));
  expect(texts.every((text) => typeof text === "string")).toBe(true);
  expect(texts.join()).not.toContain(mail);
  const ttls = await store.pipeline(asked.map((id) => ["TTL", `export:{${traceId(id)}}`]));
  for (const ttl of ttls) expect(Number(ttl)).toBeGreaterThan(86_000);
  expect((await client.fetch(`/api/debug/${deleted}`, { method: "DELETE" })).status).toBe(204);
  expect(await store.pipeline([["EXISTS", `export:{${traceId(deleted)}}`]])).toEqual([0]);

  await app.end("SIGKILL");
  receiver.setFault(null);
  const before = sent(receiver);
  await app.restart();
  await expect
    .poll(() => counts(app), { timeout: 45_000 })
    .toEqual({ exported: 2, failed: 0, pending: 0, dropped: 0 });
  for (const requestId of kept) {
    expect(receiver.trace(traceId(requestId))?.name).toBe("rag_chat");
    expect((await linkOf(client, requestId)).state).toMatch(/exported|visible/);
  }
  expect(receiver.trace(traceId(deleted))).toBeUndefined();
  expect(sent(receiver) - before).toBe(2);
  const given = () => [...receiver.scores().values()].filter(({ name }) => name === "user_feedback");
  await expect.poll(() => given().length, { timeout: 45_000 }).toBe(2);
  expect(given()).toMatchObject([{ value: 1 }, { value: 1 }]);
  expect([...receiver.scores().values()].map((score) => score.traceId)).not.toContain(traceId(deleted));
  expect(await votes()).toEqual([null, null, null]);
  store.close();
  await receiver.close();
});

test("whatever Langfuse does, answers are the same, and afterwards all traces arrive", async () => {
  test.setTimeout(150_000);
  const faults: Fault[] = [
    { kind: "hang" },
    { kind: "status", status: 401 },
    { kind: "status", status: 429, retryAfterSeconds: 1 },
    { kind: "status", status: 500 },
    { kind: "multi", errors: 3 },
    { kind: "slow", ms: 10_000 },
  ];
  const receiver = await startOtlpReceiver();
  await using app = await connected(receiver);
  const client = createClient(app.url);
  const healthy = await client.answer(QUESTION);
  const text = textOf(healthy.frames);
  expect(text).not.toBe("");
  const asked: string[] = [healthy.requestId];
  for (const fault of faults) {
    receiver.setFault(fault, "all");
    const { requestId, frames } = await client.answer(QUESTION);
    expect(textOf(frames)).toBe(text);
    expect(frames.at(-1)).toMatchObject({ status: "done", finish_reason: "stop" });
    asked.push(requestId);
  }
  receiver.setFault(null);
  asked.push((await client.answer(QUESTION)).requestId);
  await expect
    .poll(() => counts(app), { timeout: 90_000 })
    .toEqual({ exported: asked.length, failed: 0, pending: 0, dropped: 0 });
  for (const requestId of asked) expect(receiver.trace(traceId(requestId))).toBeDefined();
  await receiver.close();
});

test("the sidebar says what became of a trace and sends it again when asked", async ({ page }) => {
  test.setTimeout(120_000);
  const receiver = await startOtlpReceiver();
  receiver.setFault({ kind: "status", status: 401 });
  await using app = await connected(receiver);
  await openAsDeveloper(page, app.url);
  await askInPage(page, QUESTION.message);
  await untilAnswered(page);
  await page.keyboard.press("Control+.");
  const panel = page.locator("[data-debug-panel]");
  await expect(panel.getByText(/Langfuse unreachable: \d+ spans queued/)).toBeVisible({ timeout: 20_000 });
  await expect(panel.getByText("Langfuse refused the keys (401)")).toBeVisible();
  await expect(panel.getByText(/0 sent, \d on the way, \d kept, 0 dropped/)).toBeVisible();
  await expectNoViolations(page, "banner");
  receiver.setFault(null);
  await panel.getByRole("button", { name: "Send again" }).click();
  const link = panel.getByRole("link", { name: /Open in Langfuse/ });
  await expect(link).toBeVisible({ timeout: 30_000 });
  await expect(panel.getByText(/Langfuse unreachable/)).toHaveCount(0);

  await panel.getByRole("button", { name: "More actions" }).click();
  const conversation = page.getByRole("menuitem", { name: "Open conversation in Langfuse" });
  const trace = receiver.traces()[0];
  expect(await conversation.getAttribute("href")).toBe(
    `${receiver.url}/project/${receiver.projectId}/sessions/${trace?.sessionId}`,
  );
  await page.keyboard.press("Escape");
  const base = await link.getAttribute("href");
  const rows = panel.getByRole("treeitem");
  for (const row of (await rows.all()).slice(0, 4)) {
    const id = await row.getAttribute("data-span");
    await row.hover();
    const own = row.locator("[data-row-link]");
    await expect(own).toBeVisible();
    expect(await own.getAttribute("href")).toBe(`${base}?observation=${id}`);
  }
  const requestId = new URL(page.url()).searchParams.get("debug") ?? "";
  const again = await createClient(app.url).fetch(`/api/debug/${requestId}/export`, { method: "POST" });
  expect(again.status).toBe(409);
  const stranger = await createClient(app.url, "user").fetch(`/api/debug/${requestId}/export`, {
    method: "POST",
  });
  expect(stranger.status).toBe(403);
  await receiver.close();
});

test.describe("settings", () => {
  test("are for developers alone", async ({ app, page }) => {
    expect((await createClient(app.url, "user").fetch("/api/settings")).status).toBe(403);
    await page.goto(`${app.url}/settings`);
    await expect(page.getByRole("heading", { name: "The debug role is needed" })).toBeVisible();
    await expectNoViolations(page, "forbidden");
  });

  test("show Langfuse's state and counters as they are, and nothing secret", async ({ page }) => {
    const receiver = await startOtlpReceiver();
    await using app = await connected(receiver, { LANGFUSE_TRACING_ENVIRONMENT: "staging" });
    const client = createClient(app.url);
    await client.answer(QUESTION);
    await openAsDeveloper(page, app.url);
    await page.getByRole("link", { name: "Settings" }).click();
    const langfuse = page.getByRole("region", { name: "Langfuse" });
    await expect(langfuse.getByText("4.16.0")).toBeVisible();
    await expect(langfuse.getByText("staging")).toBeVisible();
    const number = (name: RegExp) =>
      langfuse.locator("dt", { hasText: name }).locator("xpath=following-sibling::dd[1]");
    await expect(number(/^Sent/)).toHaveText("1", { timeout: 20_000 });
    await expectNoViolations(page, "settings");

    receiver.setFault({ kind: "status", status: 401 });
    await client.answer(QUESTION);
    await expect(langfuse.getByText("Langfuse refused the keys (401)")).toBeVisible({ timeout: 20_000 });
    await expect(number(/Kept to send again/)).toHaveText("1", { timeout: 20_000 });
    await expectNoViolations(page, "settings in trouble");
    const answer = await (await client.fetch("/api/settings")).text();
    for (const secret of [receiver.publicKey, receiver.secretKey, "e2e-debug-token"]) {
      expect(answer).not.toContain(secret);
    }
    expect(receiver.traces()[0]).toMatchObject({
      environment: "staging",
      release: JSON.parse(answer).release,
    });
    await receiver.close();
  });

  for (const colorScheme of ["light", "dark"] as const) {
    test(`fit every width, ${colorScheme}, in Chinese too`, async ({ app, browser }) => {
      const context = await browser.newContext({ colorScheme, locale: "zh-CN" });
      const page = await context.newPage();
      await openAsDeveloper(page, app.url);
      await page.goto(`${app.url}/settings`);
      await expect(page.getByRole("heading", { name: "设置", exact: true })).toBeVisible();
      await expect(page.getByText("Langfuse 未启用")).toBeVisible();
      for (const width of [320, 390, 720, 1280, 2560]) {
        await page.setViewportSize({ width, height: 800 });
        expect(await overflowOf(page), `${width}`).toBeLessThanOrEqual(0);
      }
      await expectNoViolations(page, `settings, ${colorScheme}`);
      await context.close();
    });
  }
});
