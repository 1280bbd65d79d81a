import type { Page } from "@playwright/test";
import { type Client, createClient } from "./support/ask";
import { expectNoViolations } from "./support/axe";
import { expect, test } from "./support/fixtures";
import { gate } from "./support/gate";
import { askInPage, openAsDeveloper, untilAnswered } from "./support/page";

const rows = (page: Page) => page.getByRole("option");

/** Opens the list from an empty conversation. */
async function openList(page: Page, url: string) {
  await openAsDeveloper(page, url);
  await page
    .getByRole("button", { name: /^Debug/ })
    .first()
    .click();
  await page.getByRole("button", { name: "All requests" }).click();
  await expect(page.getByRole("heading", { name: "Requests" })).toBeVisible();
}

/** So many runs without the time that asking takes: one record, brought in again and again. */
async function importMany(client: Client, requestId: string, count: number) {
  const record = await (await client.fetch(`/api/debug/${requestId}?view=record`)).json();
  for (let i = 0; i < count; i++) {
    const body = JSON.stringify({ ...record, message: `copy ${i}` });
    const headers = { "content-type": "application/json" };
    const response = await client.fetch("/api/debug/import", { method: "POST", headers, body });
    expect(response.status).toBe(200);
  }
}

test("a run of another conversation is found by its answer and opens without leaving this chat", async ({
  app,
  page,
}) => {
  const other = createClient(app.url);
  const { requestId } = await other.answer({ message: "For how long is debug data kept here?" });
  await other.answer({ message: "What is reciprocal rank fusion?" });
  await openList(page, app.url);
  await expect(rows(page).first()).toContainText("What is reciprocal rank fusion?");
  await page.getByRole("textbox", { name: "Search questions and answers" }).fill("debug_ttl_seconds");
  const found = rows(page).filter({ hasText: "For how long" });
  await expect(found.locator("mark").first()).toHaveText("DEBUG_TTL_SECONDS");
  await expect(rows(page).filter({ hasText: "reciprocal" })).toHaveCount(0);
  await found.click();
  await expect(page).toHaveURL(`${app.url}/?debug=${requestId}`);
  await expect(page.getByRole("treeitem", { name: /rag_chat/ })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("treeitem", { name: /rag_chat/ })).toBeVisible();
  await page.getByRole("button", { name: "All requests" }).click();
  await expect(page).toHaveURL(/view=requests/);
  await page.getByRole("button", { name: "Back to the request" }).click();
  await expect(page.getByRole("treeitem", { name: /rag_chat/ })).toBeVisible();
});

test("runs can be filtered by what they were and sorted by what they took", async ({ app, page }) => {
  const client = createClient(app.url);
  const liked = await client.answer({
    message: "Where are vectors kept? (graph)",
    agent_type: "graph_agent",
  });
  await client.fetch("/api/feedback", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ request_id: liked.requestId, value: "up" }),
  });
  await client.answer({ message: "Say hello (general)", kb_prefix: "general" });
  await openList(page, app.url);
  const choose = async (menu: string, option: string) => {
    await page.getByRole("button", { name: `${menu}:` }).click();
    await page.getByRole("menuitemradio", { name: option, exact: true }).click();
  };
  await choose("Agent", "graph_agent");
  await choose("Feedback", "Good answer");
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText("(graph)");
  await page.getByRole("button", { name: "Clear filters" }).click();
  await choose("Knowledge base", "General");
  await expect(rows(page).first()).toContainText("(general)");
  await choose("Status", "Failed");
  await expect(page.getByText("No request matches")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await choose("Slower than", "≥ 30.00 s");
  await expect(page.getByText("No request matches")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await choose("Sort", "Most tokens first");
  const tokens = async () =>
    (await rows(page).getByTitle("Tokens").allInnerTexts()).map((text) =>
      Number(/[\d,]+/.exec(text)?.[0].replace(",", "")),
    );
  // The list of before stays until the sorted one is there.
  await expect(async () => {
    const shown = await tokens();
    expect(shown.length).toBeGreaterThan(1);
    expect(shown).toEqual(shown.toSorted((a, b) => b - a));
  }).toPass();
});

test("new runs appear and running ones go on, only while the list can be seen", async ({
  scripted: { app, model },
  page,
}) => {
  const held = gate();
  model.script({ pieces: ["Held", " back."], holdAt: { index: 1, until: held.until } });
  await openList(page, app.url);
  const asked: string[] = [];
  page.on("request", (request) => {
    if (new URL(request.url()).pathname === "/api/debug") asked.push(request.url());
  });
  const answer = createClient(app.url).answer({ message: "Is this one live?" });
  const row = rows(page).filter({ hasText: "Is this one live?" });
  await expect(row.getByLabel("Running")).toBeVisible();
  held.open();
  await answer;
  await expect(row.getByLabel("OK")).toBeVisible();
  await expect(row.getByTitle("Tokens")).toContainText("150");
  await row.click();
  await expect(page.getByRole("treeitem", { name: /rag_chat/ })).toBeVisible();
  const before = asked.length;
  expect(before).toBeGreaterThan(1);
  await page.clock.install();
  await page.clock.runFor(30_000);
  expect(asked).toHaveLength(before);
});

test("the list is for the keyboard, and thousands of rows cost no more than those in view", async ({
  app,
  page,
}) => {
  test.setTimeout(90_000);
  const client = createClient(app.url);
  const { requestId } = await client.answer({ message: "Which settings are there?" });
  await importMany(client, requestId, 130);
  await openList(page, app.url);
  const list = page.getByRole("listbox", { name: "Requests" });
  await expect(list).toBeFocused();
  const active = list.locator("[aria-selected=true]");
  await page.keyboard.press("/");
  await expect(page.getByRole("textbox", { name: "Search questions and answers" })).toBeFocused();
  await page.keyboard.type("copy");
  await expect(active).toHaveCount(1);
  await page.keyboard.press("ArrowDown");
  await expect(list).toBeFocused();
  await page.keyboard.press("Home");
  await expect(active).toContainText("copy 129");
  await page.keyboard.press("j");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("k");
  await expect(active).toContainText("copy 128");
  await expect(list).toHaveAttribute("aria-activedescendant", (await active.getAttribute("id")) ?? "none");
  await expect(async () => {
    await page.keyboard.press("End");
    await expect(active).toContainText(/copy 0/, { timeout: 500 });
  }).toPass();
  await expect(active).toBeInViewport();
  expect(await rows(page).count()).toBeLessThan(60);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Imported from a file: read-only")).toBeVisible();
  await page.getByRole("button", { name: "All requests" }).click();
  await expect(active).toBeInViewport();
  await page.keyboard.press("Escape");
  await expect(page.getByText("Imported from a file: read-only")).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const [locale, width] of [
    ["en-US", 1440],
    ["zh-CN", 390],
  ] as const) {
    test(`the list passes axe: ${colorScheme}, ${locale}, ${width} px`, async ({ app, browser }) => {
      const context = await browser.newContext({ colorScheme, locale, viewport: { width, height: 844 } });
      const page = await context.newPage();
      await openAsDeveloper(page, app.url);
      await askInPage(page, "How long is debug data kept?");
      await untilAnswered(page);
      await page.keyboard.press("Control+.");
      await page.getByRole("button", { name: /^(All requests|全部请求)$/ }).click();
      await expect(rows(page).first()).toBeVisible();
      await expectNoViolations(page, "list");
      await page.getByRole("button", { name: /^(Status|状态)/ }).click();
      await expectNoViolations(page, "menu");
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      await context.close();
    });
  }
}
