import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { type AppServer, startApp } from "./support/app-server";
import { expectNoViolations } from "./support/axe";
import { test as base, expect } from "./support/fixtures";
import { gate } from "./support/gate";
import { ownerOf, seedConversation } from "./support/long-conversation";
import { type ModelServer, startModelServer } from "./support/model-server";
import { askInPage, overflowOf, untilAnswered } from "./support/page";
import { contextOf, VIEWS } from "./support/screens";

const TURNS = 500;

/** An app whose conversations the test writes itself. */
const test = base.extend<object, { seeded: { app: AppServer; model: ModelServer; dataDir: string } }>({
  seeded: [
    // biome-ignore lint/correctness/noEmptyPattern: a fixture without others
    async ({}, use) => {
      const dataDir = mkdtempSync(join(tmpdir(), "sidetrace-long-"));
      await using model = await startModelServer({ pieces: ["Hello."] });
      await using app = await startApp({
        DATA_DIR: dataDir,
        OPENAI_BASE_URL: model.url,
        OPENAI_API_KEY: "test-key",
        CHAT_MODEL: "gpt-4o-mini",
      });
      await use({ app, model, dataDir });
      rmSync(dataDir, { recursive: true, force: true });
    },
    { scope: "worker" },
  ],
});

/** 1,000 messages that this page's browser owns, on the screen. */
async function openLong(
  page: Page,
  { app, model, dataDir }: { app: AppServer; model: ModelServer; dataDir: string },
) {
  model.script({ pieces: ["Hello."] });
  await page.goto(app.url);
  await askInPage(page, "Hello?");
  await untilAnswered(page);
  const sessionId = await seedConversation(dataDir, ownerOf(await page.context().cookies()), TURNS);
  await page.goto(`${app.url}/c/${sessionId}`);
  await expect(page.getByText(`Answer ${TURNS}:`)).toBeVisible();
}

const scroller = (page: Page) => page.locator("[data-messages]");
const fromEnd = (page: Page) =>
  scroller(page).evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight);

/** A value that is the same twice in a row. */
async function settled<T>(read: () => Promise<T>): Promise<T> {
  let last = await read();
  await expect(async () => {
    const before = last;
    last = await read();
    expect(last).toBe(before);
  }).toPass();
  return last;
}

for (const view of VIEWS) {
  test.describe(view.name, () => {
    test.use(contextOf(view));

    test("a conversation of 1,000 messages is at its end, whole for search, and still while it is written to", async ({
      seeded,
      page,
    }) => {
      test.setTimeout(120_000);
      await openLong(page, seeded);
      await expect.poll(() => fromEnd(page)).toBeLessThan(32);
      await expect(page.getByRole("article")).toHaveCount(TURNS);
      await expect(page.getByText("Answer 17:", { exact: false })).toBeAttached();
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      await expectNoViolations(page, `${view.name}: end`);

      await page.getByRole("heading", { name: /^Question 250:/ }).scrollIntoViewIfNeeded();
      const middle = page.getByRole("article").nth(249);
      await expect(middle.getByRole("table")).toBeVisible();
      await expect(middle.locator("[data-citation]").first()).toBeVisible();

      const held = gate();
      const pieces = Array.from({ length: 60 }, (_, n) => `word${n} and more of it.\n\n`);
      seeded.model.script({ pieces, pauseMs: 20, holdAt: { index: 30, until: held.until } });
      await askInPage(page, "Write a long answer.");
      await expect(page.getByText("word29 and more")).toBeVisible();
      await expect.poll(() => fromEnd(page)).toBeLessThan(32);

      await scroller(page).evaluate((element) => element.scrollBy(0, -900));
      await expect(page.getByRole("button", { name: view.text("Go to the end", "跳到末尾") })).toBeVisible();
      const read = page.getByRole("heading", { name: `Question ${TURNS}:` });
      const place = async () => (await read.boundingBox())?.y;
      const before = await settled(place);
      held.open();
      await untilAnswered(page);
      await expect(page.getByText("word59 and more")).toBeAttached();
      expect(await place()).toBe(before);
      await page.getByRole("button", { name: view.text("Go to the end", "跳到末尾") }).click();
      await expect(page.getByText("word59 and more")).toBeVisible();
    });
  });
}

test("on paper there is all of it", async ({ seeded, page }) => {
  test.setTimeout(120_000);
  await openLong(page, seeded);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("table", { includeHidden: true })).toHaveCount(TURNS, { timeout: 30_000 });
});
