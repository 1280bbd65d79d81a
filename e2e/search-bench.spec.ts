import { createClient } from "./support/ask";
import { expectNoViolations } from "./support/axe";
import { expect, test } from "./support/fixtures";
import { openAsAdmin, openAsDeveloper, overflowOf } from "./support/page";

const QUESTION = "How long is debug data kept?";
const AGENTS = ["naive_rag_agent", "hybrid_agent", "graph_agent", "fusion_agent"];

test("a developer compares the agents, and the address brings the same comparison back", async ({
  app,
  page,
}) => {
  await openAsDeveloper(page, app.url);
  await page.goto(`${app.url}/knowledge/search`);
  await page.getByRole("searchbox", { name: "What should be found?" }).fill(QUESTION);
  await page.getByLabel("Top").fill("6");
  await page.getByRole("button", { name: "Search", exact: true }).click();
  for (const agent of AGENTS) {
    const column = page.getByRole("region", { name: agent });
    await expect(column.getByRole("listitem")).toHaveCount(6);
    await expect(column).toContainText(/6 passages.*ms/s);
  }
  await expect(page).toHaveURL(/q=How.*k=6/);
  const body = JSON.stringify({
    query: QUESTION,
    kb_prefix: "sidetrace",
    agent_type: "graph_agent",
    top_k: 6,
  });
  const headers = { "content-type": "application/json" };
  const answer = await createClient(app.url).fetch("/api/search", { method: "POST", headers, body });
  const titles = (await answer.json()).results.map(({ title }: { title: string }) => title);
  const shown = page.getByRole("region", { name: "graph_agent" }).getByRole("listitem");
  for (const [index, title] of titles.entries()) await expect(shown.nth(index)).toContainText(title);

  await page.getByRole("button", { name: "Graph", exact: true }).click();
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await expect(page.getByRole("region", { name: "graph_agent" })).toHaveCount(0);
  const shared = page.url();
  await page.goto(`${app.url}/knowledge/search`);
  await page.goto(shared);
  await expect(page.getByRole("searchbox")).toHaveValue(QUESTION);
  await expect(page.getByRole("region", { name: "hybrid_agent" }).getByRole("listitem")).toHaveCount(6);
  await expect(page.getByRole("region", { name: "graph_agent" })).toHaveCount(0);
});

test("pointing at a passage marks it in every list, and arrow keys lead through and across the lists", async ({
  app,
  page,
}) => {
  await openAsAdmin(page, app.url);
  await page.goto(`${app.url}/knowledge/search?q=${encodeURIComponent(QUESTION)}&kb=sidetrace&k=5`);
  const rows = (agent: string) => page.getByRole("region", { name: agent }).locator("[data-passage]");
  await rows("naive_rag_agent").first().focus();
  const id = await rows("naive_rag_agent").first().getAttribute("data-passage");
  const marked = page.locator(`li:has([data-passage="${id}"])`);
  for (const row of await marked.all()) await expect(row).toHaveClass(/bg-accent-bg/);
  expect(await marked.count()).toBeGreaterThan(1);
  await page.keyboard.press("ArrowRight");
  await expect(
    page.getByRole("region", { name: "hybrid_agent" }).locator(`[data-passage="${id}"]`),
  ).toBeFocused();
  await page.keyboard.press("End");
  await expect(rows("hybrid_agent").last()).toBeFocused();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  await expect(rows("hybrid_agent").nth(1)).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByRole("region", { name: "naive_rag_agent" }).locator(":focus")).toHaveCount(1);
  await rows("naive_rag_agent").first().focus();
  await page.keyboard.press("Enter");
  const opened = page.getByRole("region", { name: "naive_rag_agent" }).getByRole("listitem").first();
  await expect(opened.locator("mark").first()).toBeVisible();
  const link = opened.getByRole("link", { name: "Open document" });
  expect(await link.getAttribute("href")).toContain(`#${id}`);
});

test("earlier questions help a follow-up, as in a conversation", async ({ app, page }) => {
  await openAsDeveloper(page, app.url);
  await page.goto(`${app.url}/knowledge/search?kb=tallgrass`);
  await page.getByRole("searchbox").fill("And in Chengdu?");
  await page.getByRole("button", { name: "Follow-up" }).click();
  await page
    .getByLabel("Earlier questions")
    .fill("How are hotels paid on business travel?\nWhat about annual leave?");
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await expect(page).toHaveURL(/history=How.*history=What/);
  await expect(
    page.getByRole("region", { name: "hybrid_agent" }).getByRole("listitem").first(),
  ).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Earlier questions")).toHaveValue(/hotels.*\n.*annual leave/);
});

test("what cannot be searched is said, not broken", async ({ app, page }) => {
  await page.goto(`${app.url}/knowledge/search`);
  await expect(
    page.getByRole("heading", { name: "This page is for administrators and developers" }),
  ).toBeVisible();
  await openAsDeveloper(page, app.url);
  await page.goto(`${app.url}/knowledge/search?q=anything&kb=nowhere&k=9999&agents=nonsense`);
  await expect(page.getByRole("region", { name: "graph_agent" }).getByRole("alert")).toContainText(
    "There is no such knowledge base.",
  );
  await expect(page.getByLabel("Top")).toHaveValue("10");
  await page.getByLabel("Top").fill("0");
  await expect(page.getByRole("alert").filter({ hasText: "A whole number from 1 to 100" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Search", exact: true })).toBeDisabled();
  await page.goto(`${app.url}/knowledge/search?q=${encodeURIComponent("qwxyz zyxwq")}&kb=sidetrace`);
  await expect(page.getByRole("region", { name: "naive_rag_agent" })).toContainText("Nothing found");
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const locale of ["en-US", "zh-CN"]) {
    test.describe(`${colorScheme}, ${locale}`, () => {
      test.use({ colorScheme, locale });

      test("the bench passes axe and fits every width; narrow ones have one list at a time", async ({
        app,
        page,
      }) => {
        await openAsAdmin(page, app.url);
        const path = `${app.url}/knowledge/search?q=${encodeURIComponent(QUESTION)}&kb=sidetrace&history=Hello`;
        for (const width of [1440, 320, 390, 720, 960, 2560]) {
          await page.setViewportSize({ width, height: 800 });
          await page.goto(path);
          await page.locator("[data-passage]:visible").first().click();
          await expect(page.getByRole("tab")).toHaveCount(width < 960 ? 4 : 0);
          expect([width, await overflowOf(page)]).toEqual([width, 0]);
          if (width === 390 || width === 1440) await expectNoViolations(page, `${width}`);
        }
      });
    });
  }
}
