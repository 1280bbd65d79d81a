import type { Page, Route } from "@playwright/test";
import { startRedisTestServer } from "@/lib/store/redis-test-server";
import { startApp } from "./support/app-server";
import { createClient } from "./support/ask";
import { expect, test } from "./support/fixtures";
import { gate } from "./support/gate";
import { askInPage, openAsDeveloper, untilAnswered } from "./support/page";

const QUESTION = "How long is debug data kept?";
const UNKNOWN_ID = "0190b7a2-0000-7000-8000-000000000000";
const root = (page: Page, status: string) =>
  page.getByRole("treeitem", { name: new RegExp(`^rag_chat, request, .*${status}`) });

async function askWithPanel(page: Page, url: string, question = QUESTION) {
  await openAsDeveloper(page, url);
  await page
    .getByRole("button", { name: /^(Debug|调试)/ })
    .first()
    .click();
  return askInPage(page, question);
}

/** Changes what the server answers about runs, as another server would have answered. */
async function answerWith(page: Page, changes: object) {
  await page.route(/\/api\/debug\/[^?]+\?after=/, async (route: Route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), ...changes } });
  });
}

test("running, then stopped by the reader", async ({ scripted: { app, model }, page }) => {
  const held = gate();
  model.script({ pieces: ["Held", " back."], holdAt: { index: 1, until: held.until } });
  await askWithPanel(page, app.url);
  await expect(root(page, "Running")).toBeVisible();
  await expect(page.getByText("Elapsed")).toBeVisible();
  await page.getByRole("button", { name: /^Stop/ }).click();
  await expect(page.getByRole("img", { name: "Stopped" })).toBeVisible();
  await expect(page.getByText("Total", { exact: true })).toBeVisible();
  held.open();
});

test("failed: the model's refusal is in the timeline and in the log", async ({
  scripted: { app, model },
  page,
}) => {
  model.script({ status: 401 });
  await askWithPanel(page, app.url);
  await expect(page.getByRole("img", { name: "Failed", exact: true })).toBeVisible();
  await expect(page.getByRole("treeitem", { name: /llm_generation, generation, .*Failed/ })).toBeVisible();
  await expect(page.getByRole("tab", { name: /Log.*1 error/ })).toBeVisible();
});

test("expired and never known: no longer stored, in both languages", async ({ page, browser }) => {
  await using app = await startApp({ DEBUG_TTL_SECONDS: "1" });
  const { requestId } = await createClient(app.url).answer({ message: QUESTION });
  await expect
    .poll(async () => (await createClient(app.url).fetch(`/api/debug/${requestId}`)).status)
    .toBe(404);
  for (const id of [requestId, UNKNOWN_ID]) {
    await openAsDeveloper(page, app.url);
    await page.goto(`${app.url}/?debug=${id}`);
    await expect(page.getByText("This request is no longer stored", { exact: true })).toBeVisible({
      timeout: 20_000,
    });
    await expect(page.getByRole("img", { name: "Expired" })).toBeVisible();
  }
  const context = await browser.newContext({ locale: "zh-CN" });
  const chinese = await context.newPage();
  await openAsDeveloper(chinese, app.url);
  await chinese.goto(`${app.url}/?debug=${UNKNOWN_ID}`);
  await expect(chinese.getByText("该请求已不再保存")).toBeVisible();
  await context.close();
});

test("forbidden: no panel without the role, and none of its data once the role is given back", async ({
  scripted: { app, model },
  page,
}) => {
  const held = gate();
  model.script({ pieces: ["Held", " back."], holdAt: { index: 1, until: held.until } });
  await askWithPanel(page, app.url);
  await expect(root(page, "Running")).toBeVisible();
  await page.evaluate(() => fetch("/api/me/roles", { method: "DELETE" }));
  await expect(page.getByText("The debug role is needed")).toBeVisible();
  await expect(page.getByRole("tree")).toHaveCount(0);
  held.open();
  await page.reload();
  await expect(page.getByRole("textbox").first()).toBeVisible();
  await expect(page.locator("[data-debug-panel]")).toHaveCount(0);
});

test("Redis away: the run is shown from memory and says so; with Redis back the next one does not", async ({
  page,
}) => {
  test.setTimeout(90_000);
  await using redis = await startRedisTestServer();
  await using app = await startApp({ REDIS_URL: redis.url });
  await askWithPanel(page, app.url);
  await untilAnswered(page);
  await expect(root(page, "OK")).toBeVisible();
  const banner = page.getByText("Redis unreachable: showing this process’s memory");
  await expect(banner).toHaveCount(0);
  await redis.stop();
  await askInPage(page, "What is in the log?");
  await untilAnswered(page);
  await expect(banner).toBeVisible();
  await expect(root(page, "OK")).toBeVisible();
  await redis.start();
  await expect(async () => {
    await page
      .getByRole("button", { name: "Retry" })
      .click({ timeout: 1000 })
      .catch(() => {});
    await expect(banner).toHaveCount(0, { timeout: 1000 });
  }).toPass({ timeout: 30_000 });
});

test("live updates lost, then resumed where they were", async ({ scripted: { app, model }, page }) => {
  const held = gate();
  model.script({ pieces: ["Held", " back."], holdAt: { index: 1, until: held.until } });
  await askWithPanel(page, app.url);
  await expect(root(page, "Running")).toBeVisible();
  await page.route(/\/api\/debug\//, (route) => route.abort());
  const banner = page.getByText("Live updates lost: reconnecting");
  await expect(banner).toBeVisible();
  await expect(root(page, "Running")).toBeVisible();
  held.open();
  await page.unroute(/\/api\/debug\//);
  await expect(root(page, "OK")).toBeVisible();
  await expect(banner).toHaveCount(0);
});

test("truncated and redacted: what was cut and what was masked is said", async ({
  scripted: { app, model },
  page,
}) => {
  model.script({ pieces: ["long ".repeat(20_000)] });
  await askWithPanel(page, app.url, "Write to someone@example.org about the keys");
  await expect(page.getByText(/payloads? (is|are) too long for the list of events/)).toBeVisible();
  await page.getByRole("tab", { name: /Prompt/ }).click();
  await expect(
    page
      .getByRole("tabpanel")
      .getByText(/Write to •••/)
      .first(),
  ).toBeVisible();
  await expect(page.getByText(/Holds masked values/)).toBeVisible();
  await expect(page.getByRole("tabpanel").getByText("someone@example.org")).toHaveCount(0);
});

test("loaded from Langfuse: marked as expired, and shown like any other", async ({ app, page }) => {
  await answerWith(page, { source: "langfuse" });
  await askWithPanel(page, app.url);
  await untilAnswered(page);
  await expect(page.getByText(/loaded from Langfuse/)).toBeVisible();
  await expect(page.getByRole("img", { name: "Expired" })).toBeVisible();
  await expect(root(page, "OK")).toBeVisible();
});

test("notices stand one below the other, and one that is dismissed stays away for its request only", async ({
  app,
  page,
}) => {
  await answerWith(page, { degraded: true, dropped: 3, truncated: 1 });
  await askWithPanel(page, app.url);
  await untilAnswered(page);
  await askInPage(page, "What is in the log?");
  await untilAnswered(page);
  const lost = page.getByText("3 events were lost: numbers may be incomplete");
  await expect(lost).toBeVisible();
  await expect(
    page.getByText("1 payload is too long for the list of events", { exact: false }),
  ).toBeVisible();
  await expect(page.getByRole("button", { name: "Dismiss" })).toHaveCount(3);
  await page.getByRole("button", { name: "Dismiss" }).nth(1).click();
  await expect(lost).toHaveCount(0);
  await page.getByRole("button", { name: "Previous request" }).click();
  await expect(lost).toBeVisible();
  await page.getByRole("button", { name: "All requests" }).click();
  await page.getByRole("option").first().click();
  await expect(
    page.getByText("1 payload is too long for the list of events", { exact: false }),
  ).toBeVisible();
  await expect(lost).toHaveCount(0);
});
