import type { BrowserContext, Page } from "@playwright/test";
import { startRedisTestServer } from "@/lib/store/redis-test-server";
import { type AppServer, startApp } from "./support/app-server";
import { expectNoViolations } from "./support/axe";
import { startCutProxy } from "./support/cut-proxy";
import { test as base, expect } from "./support/fixtures";
import { gate } from "./support/gate";
import { type ModelServer, startModelServer } from "./support/model-server";
import { askInPage, untilAnswered } from "./support/page";
import { contextOf, VIEWS, type View } from "./support/screens";

/** An app that waits for its model and for readers who are away as long as a test needs to look around. */
const test = base.extend<object, { patient: { app: AppServer; model: ModelServer } }>({
  patient: [
    // biome-ignore lint/correctness/noEmptyPattern: a fixture without others
    async ({}, use) => {
      await using model = await startModelServer({ pieces: ["Hello."] });
      const settings = { OPENAI_BASE_URL: model.url, OPENAI_API_KEY: "test-key", CHAT_MODEL: "gpt-4o-mini" };
      await using app = await startApp({ ...settings, STREAM_GRACE_SECONDS: "60" });
      await use({ app, model });
    },
    { scope: "worker" },
  ],
});

const QUESTION = "What does the debug sidebar show?";
const PIECES = ["Alpha ", "beta ", "gamma ", "delta."];
const WHOLE = PIECES.join("");
const answers = (page: Page, text: string) => page.getByRole("article").getByText(text, { exact: true });

for (const view of VIEWS) {
  test.describe(view.name, () => {
    test.use(contextOf(view));
    const { text, name } = view;

    test("an answer goes on after a reload, a lost network and in a second tab, without gap or duplicate", async ({
      patient: { app, model },
      page,
      context,
    }) => {
      await using cable = await startCutProxy(app.url);
      const held = gate();
      model.script({ pieces: PIECES, holdAt: { index: 2, until: held.until } });
      await page.goto(cable.url);
      await askInPage(page, QUESTION);
      await expect(page.getByRole("article")).toContainText("Alpha beta");
      const second = await context.newPage();
      await second.goto(page.url());
      await expect(second.getByRole("article")).toContainText("Alpha beta");
      await page.reload();
      await expect(page.getByRole("article")).toContainText("Alpha beta");
      // The browser's own switch leaves open connections alone; a lost network does not.
      await context.setOffline(true);
      cable.cut();
      const lost = text("Connection lost: reconnecting", "连接中断：正在重连");
      await expect(page.getByRole("article").getByText(lost)).toBeVisible();
      await expectNoViolations(page, `${name}: reconnecting`);
      held.open();
      cable.join();
      await context.setOffline(false);
      for (const tab of [page, second]) {
        await untilAnswered(tab);
        await expect(answers(tab, WHOLE)).toHaveCount(1);
        await expect(tab.getByText(lost)).toHaveCount(0);
      }
      await page.reload();
      await expect(answers(page, WHOLE)).toHaveCount(1);
    });
  });
}

test("a question that arrived although its connection broke is answered once, by Retry", async ({
  patient: { app, model },
  page,
}) => {
  model.script({ pieces: PIECES });
  await page.goto(app.url);
  await page.route("**/api/chat", async (route) => {
    await route.fetch();
    await route.abort("connectionreset");
  });
  await askInPage(page, QUESTION);
  const retry = page.getByRole("article").getByRole("button", { name: "Retry" });
  await expect(retry).toBeVisible();
  await page.unroute("**/api/chat");
  await retry.click();
  await untilAnswered(page);
  await expect(answers(page, WHOLE)).toHaveCount(1);
  await expect(page).toHaveURL(/\/c\//);
  await page.reload();
  await expect(answers(page, WHOLE)).toHaveCount(1);
  await expect(page.getByRole("article")).toHaveCount(1);
});

test("a tab that is open on a conversation follows a question that is asked in another one", async ({
  scripted: { app, model },
  page,
  context,
}) => {
  model.script({ pieces: ["First."] });
  await page.goto(app.url);
  await askInPage(page, QUESTION);
  await untilAnswered(page);
  const second = await context.newPage();
  await second.goto(page.url());
  await expect(answers(second, "First.")).toBeVisible();
  const held = gate();
  model.script({ pieces: PIECES, holdAt: { index: 2, until: held.until } });
  await askInPage(page, QUESTION);
  await expect(second.getByRole("article").last()).toContainText("Alpha beta");
  held.open();
  await expect(answers(second, WHOLE)).toHaveCount(1);
});

/** A page in the middle of an answer. */
async function askHalf(view: View, app: AppServer, context: BrowserContext) {
  const page = await context.newPage();
  await page.goto(app.url);
  await askInPage(page, QUESTION);
  await expect(page.getByRole("article")).toContainText("Alpha beta");
  return { view, page };
}

for (const store of ["without Redis", "with Redis"]) {
  test(`a server that is killed and started again, ${store}: interrupted, with what there was, and Retry`, async ({
    browser,
  }) => {
    test.setTimeout(180_000);
    await using redis = store === "with Redis" ? await startRedisTestServer() : null;
    const held = gate();
    await using model = await startModelServer({
      pieces: PIECES,
      pauseMs: 1100,
      holdAt: { index: 3, until: held.until },
    });
    await using app = await startApp({
      OPENAI_BASE_URL: model.url,
      OPENAI_API_KEY: "test-key",
      CHAT_MODEL: "gpt-4o-mini",
      ...(redis && { REDIS_URL: redis.url, SESSION_SECRETS: "one-secret" }),
    });
    const contexts = await Promise.all(VIEWS.map((view) => browser.newContext(contextOf(view))));
    const halves = await Promise.all(
      VIEWS.map((view, index) => {
        const context = contexts[index];
        if (!context) throw new Error("no context");
        return askHalf(view, app, context);
      }),
    );
    await Promise.all(halves.map(({ page }) => expect(page.getByRole("article")).toContainText("gamma")));
    await app.end("SIGKILL");
    held.open();
    model.script({ pieces: ["Once more, whole."] });
    await app.restart();
    for (const { view, page } of halves) {
      const alert = page.getByRole("article").getByRole("alert");
      await expect(alert).toContainText(view.text("The answer was interrupted", "回答被中断"), {
        timeout: 40_000,
      });
      await expect(page.getByRole("article")).toContainText("Alpha beta");
      await alert.getByRole("button", { name: view.text("Retry", "重试") }).click();
      await expect(answers(page, "Once more, whole.")).toBeVisible();
    }
    await Promise.all(contexts.map((context) => context.close()));
  });
}
