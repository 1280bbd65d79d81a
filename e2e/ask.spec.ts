import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { askInPage, openAsDeveloper, untilAnswered } from "./support/page";

const QUESTION = "How long is debug data kept?";

test("a question is answered in a stream with citations that lead to their passage", async ({
  app,
  page,
}) => {
  await page.goto(app.url);
  await expect(page.getByRole("heading", { name: "What do you need to find out?" })).toBeVisible();
  const answer = await askInPage(page, QUESTION);
  await expect(page).toHaveURL(/\/c\/[0-9a-f-]{36}/);
  await untilAnswered(page);
  await expect(answer).toContainText("1 hour");
  const chip = answer.getByRole("button", { name: /^Source 1/ }).first();
  await chip.hover();
  const card = page
    .getByRole("tooltip")
    .or(page.getByRole("dialog"))
    .filter({ hasText: "How long debug data is kept" });
  await expect(card).toBeVisible();
  await expect(answer.getByText("Routed to Sidetrace handbook")).toBeVisible();
  await expect(answer.getByText("3/3 retrievers done")).toBeVisible();
  const source = answer.getByRole("link", { name: /How long debug data is kept/ }).first();
  await source.click();
  const panel = page.getByRole("complementary", { name: "Source", exact: true });
  await expect(panel.locator("[data-cited]")).toContainText("1 hour");
  const open = panel.getByRole("link", { name: "Open document" });
  const [documentPage] = await Promise.all([page.context().waitForEvent("page"), open.click()]);
  await expect(documentPage.getByRole("heading", { level: 1, name: "Storage" })).toBeVisible();
  await expect(documentPage.locator("section:target")).toContainText("1 hour");
});

test("suggested questions are in the page before any script has run, and ask themselves", async ({
  app,
  browser,
}) => {
  await using plain = await browser.newContext({ javaScriptEnabled: false });
  const unscripted = await plain.newPage();
  await unscripted.goto(app.url);
  const first = (from: Page) =>
    from.getByRole("list", { name: "Suggested questions" }).getByRole("button").first();
  const text = await first(unscripted).innerText();
  await using scripted = await browser.newContext();
  const page = await scripted.newPage();
  await page.goto(app.url);
  await first(page).click();
  const question = text.split("\n").at(-1) ?? "";
  await expect(page.getByRole("heading", { name: question }).first()).toBeVisible();
  await untilAnswered(page);
});

test("the sidebar shows why: timeline, retrieval, prompt, route and log of the very answer", async ({
  app,
  page,
}) => {
  await openAsDeveloper(page, app.url);
  await askInPage(page, QUESTION);
  await untilAnswered(page);
  await page.keyboard.press("Control+.");
  const panel = page
    .getByRole("complementary", { name: "Debug" })
    .or(page.getByRole("region", { name: "Debug" }));
  const tree = panel.getByRole("tree");
  await expect(tree.getByRole("treeitem", { name: /rag_chat/ })).toBeVisible();
  await expect(tree.getByRole("treeitem", { name: /hybrid_agent/ })).toBeVisible();
  await expect(tree.getByRole("treeitem", { name: /llm_generation/ })).toBeVisible();
  await expect(panel.getByText("offline")).toBeVisible();
  await panel.getByRole("tab", { name: /Retrieval/ }).click();
  await expect(page).toHaveURL(/tab=retrieval/);
  await expect(panel.getByRole("table").getByText("cited [1]")).toBeVisible();
  await expect(panel.getByText(/retrieved → .* unique → .* in prompt/)).toBeVisible();
  await panel.getByRole("tab", { name: /Prompt/ }).click();
  await expect(panel.getByText("You answer questions from the passages")).toBeVisible();
  await panel.getByRole("tab", { name: /Route/ }).click();
  await expect(panel.getByText("heuristic").first()).toBeVisible();
  await expect(panel.getByText("tallgrass").first()).toBeVisible();
  await panel.getByRole("tab", { name: /Log/ }).click();
  await expect(panel.getByText(/3 agents in parallel/)).toBeVisible();
  await expect(panel.getByText("Connect Langfuse")).toBeVisible();
  await page.reload();
  await expect(panel.getByText(/3 agents in parallel/)).toBeVisible();
});

test("the sidebar fills while the answer is being made", async ({ scripted: { app, model }, page }) => {
  let open = () => {};
  const until = new Promise<void>((resolve) => {
    open = resolve;
  });
  model.script({ pieces: ["Held", " back."], holdAt: { index: 1, until } });
  await openAsDeveloper(page, app.url);
  await page.getByRole("button", { name: /^Debug/ }).click();
  await expect(page.getByText("No request yet", { exact: true })).toBeVisible();
  const answer = await askInPage(page, QUESTION);
  await expect(answer).toContainText("Held");
  const generation = page.getByRole("treeitem", { name: /llm_generation/ });
  await expect(generation).toHaveAccessibleName(/running/i);
  await expect(page.getByText("Elapsed")).toBeVisible();
  open();
  await untilAnswered(page);
  await expect(generation).toHaveAccessibleName(/ok/i);
  await expect(page.getByText("Total", { exact: true })).toBeVisible();
});

test("thumbs are kept after a reload", async ({ app, page }) => {
  await page.goto(app.url);
  await askInPage(page, QUESTION);
  await untilAnswered(page);
  await page.getByRole("button", { name: "Good answer" }).click();
  await expect(page.getByRole("button", { name: "Good answer" })).toHaveAttribute("aria-pressed", "true");
  await page.waitForLoadState("networkidle");
  await page.reload();
  await expect(page.getByRole("button", { name: "Good answer" })).toHaveAttribute("aria-pressed", "true");
});
