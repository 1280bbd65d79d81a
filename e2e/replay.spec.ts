import type { Page } from "@playwright/test";
import { createClient } from "./support/ask";
import { expect, test } from "./support/fixtures";
import { askInPage, openAsDeveloper, untilAnswered } from "./support/page";

const QUESTION = "How many vacation days can I carry over?";

/** Asks, opens the sidebar on the answer and the dialog on its replay. */
async function openReplay(page: Page, url: string, question = QUESTION) {
  await openAsDeveloper(page, url);
  await askInPage(page, question);
  await untilAnswered(page);
  await page.keyboard.press("Control+.");
  await page.getByRole("tab").nth(2).click();
  await page.getByRole("button", { name: /Replay with changes|修改后重放/ }).click();
  const dialog = page.getByRole("dialog", { name: /Replay with changes|修改后重放/ });
  await expect(dialog.getByLabel("top_k")).toHaveValue("8");
  return dialog;
}

const shownRequest = (page: Page) => new URL(page.url()).searchParams.get("debug") ?? "";

test("a replay with other settings runs beside the conversation and is compared with the original", async ({
  app,
  page,
}) => {
  const dialog = await openReplay(page, app.url);
  const original = shownRequest(page);
  await expect(dialog.getByText("Nothing changed")).toBeVisible();
  await dialog.getByLabel("top_k").fill("99");
  await expect(dialog.getByText("A whole number from 1 to 50")).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Replay", exact: true })).toBeDisabled();
  await dialog.getByLabel("top_k").fill("2");
  await dialog.getByLabel("agent_type").selectOption("naive_rag_agent");
  const prompt = dialog.getByLabel("system_prompt");
  await prompt.fill((await prompt.inputValue()).replace("briefly", "thoroughly"));
  await expect(dialog.getByText("3 changes")).toBeVisible();
  await dialog.getByText("Show what changed").click();
  await expect(dialog.locator("ins")).toHaveText("thoroughly");
  await dialog.getByRole("button", { name: "Replay", exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`tab=compare&compare=${original}`));
  const replay = shownRequest(page);
  expect(replay).not.toBe(original);
  const panel = page.getByRole("complementary", { name: "Debug" });
  await expect(panel.getByText(`Replay of ${original.slice(0, 8)}…${original.slice(-4)}`)).toBeVisible();
  const settings = panel.locator("section", { hasText: "Changed settings" });
  await expect(settings).toContainText("top_k 2 vs 8");
  await expect(settings).toContainText(
    "agents naive_rag_agent vs naive_rag_agent, hybrid_agent, graph_agent",
  );
  await expect(settings).toContainText("system_prompt edited vs default");
  const promptDiff = panel.locator("section", { hasText: "Prompt diff" });
  await expect(promptDiff.locator("ins").filter({ hasText: "thoroughly" })).toBeVisible();
  await expect(promptDiff.locator("del").filter({ hasText: "briefly" })).toBeVisible();
  await expect(panel.getByRole("heading", { name: "Only in B" })).toBeVisible();
  // It stands in no conversation: one question, one answer, one chat in the list, also after a reload.
  await page.reload();
  await expect(panel.getByText("Answer diff")).toBeVisible();
  await expect(page.getByRole("article")).toHaveCount(1);
  const sessions = await page.evaluate(async () => (await fetch("/api/sessions")).json());
  expect(sessions.items).toHaveLength(1);
  // Its own settings are where the next replay begins.
  await panel.getByRole("tab", { name: "Prompt" }).click();
  await panel.getByRole("button", { name: "Replay with changes…" }).click();
  const again = page.getByRole("dialog", { name: "Replay with changes" });
  await expect(again.getByLabel("top_k")).toHaveValue("2");
  await expect(again.getByLabel("agent_type")).toHaveValue("naive_rag_agent");
  await expect(again.getByLabel("system_prompt")).toHaveValue(/thoroughly/);
  await again.getByRole("button", { name: "Reset to default" }).click();
  await expect(again.getByLabel("system_prompt")).toHaveValue(/briefly/);
  await again.getByRole("button", { name: "Replay", exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`compare=${replay}`));
  await expect(panel.locator("section", { hasText: "Changed settings" })).toContainText(
    "system_prompt default vs edited",
  );
});

test("a replay streams into the sidebar and can be stopped, also after a reload", async ({
  scripted: { app, model },
  page,
}) => {
  model.script({ pieces: ["First answer.[1]"] });
  await openReplay(page, app.url);
  let open = () => {};
  const until = new Promise<void>((resolve) => {
    open = resolve;
  });
  model.script({ pieces: ["Second", " answer."], holdAt: { index: 1, until } });
  await page.getByRole("dialog").getByRole("button", { name: "Replay", exact: true }).click();
  const panel = page.getByRole("complementary", { name: "Debug" });
  await expect(panel.getByText("Elapsed")).toBeVisible();
  await expect(panel.getByText("still answering…")).toBeVisible();
  await page.reload();
  // Nobody else reads it: without a reader it would end by itself after five seconds.
  await expect(panel.getByText(/^(?:[6-9]|1\d)\.\d\d s$/).first()).toBeVisible({ timeout: 15_000 });
  await expect(panel.getByText("Elapsed")).toBeVisible();
  await panel.getByRole("button", { name: "Stop", exact: true }).click();
  await expect(panel.getByText("Total").first()).toBeVisible();
  await expect(panel.getByRole("img", { name: "Stopped" }).first()).toBeVisible();
  open();
});

test("says clearly why a question cannot be replayed", async ({ app, page }) => {
  const secret = "Why is bob@corp.com refused?";
  const dialog = await openReplay(page, app.url, secret);
  await expect(dialog).toContainText("•••");
  const session = /\/c\/([0-9a-f-]+)/.exec(page.url())?.[1] ?? "";
  await page.evaluate((id) => fetch(`/api/sessions/${id}`, { method: "DELETE" }), session);
  await dialog.getByRole("button", { name: "Replay", exact: true }).click();
  await expect(dialog.getByRole("alert")).toContainText("its copy is masked");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
});

test("an imported run is replayed here with its own question", async ({ app, page }) => {
  const client = createClient(app.url);
  const { requestId } = await client.answer({ message: QUESTION });
  const record = await (await client.fetch(`/api/debug/${requestId}?view=record`)).json();
  const imported = await client.fetch("/api/debug/import", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(record),
  });
  const { request_id } = await imported.json();
  await openAsDeveloper(page, app.url);
  await page.goto(`${app.url}/?debug=${request_id}&tab=prompt`);
  await page.getByRole("button", { name: "Replay with changes…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Replay", exact: true }).click();
  const panel = page.getByRole("complementary", { name: "Debug" });
  await expect(panel.getByText("No differences", { exact: true })).toBeVisible();
  await expect(panel.getByText(/^Replay of import-/)).toBeVisible();
});

test.describe("in Chinese, on a phone", () => {
  test.use({ locale: "zh-CN", viewport: { width: 390, height: 844 }, hasTouch: true });

  test("a replay is set up, sent and compared", async ({ app, page }) => {
    await openAsDeveloper(page, app.url);
    await askInPage(page, "年假有多少天？");
    await untilAnswered(page);
    await page.getByRole("button", { name: "调试" }).first().click();
    const sheet = page.getByRole("dialog", { name: "调试" });
    await sheet.getByRole("tab", { name: "提示词" }).click();
    await sheet.getByRole("button", { name: "修改后重放…" }).click();
    const dialog = page.getByRole("dialog", { name: "修改后重放" });
    await dialog.getByLabel("top_k").fill("1");
    await expect(dialog.getByText("1 处改动")).toBeVisible();
    await dialog.getByRole("button", { name: "重放", exact: true }).click();
    await expect(sheet.getByText("设置变化")).toBeVisible();
    await expect(sheet.getByText(/重放自/)).toBeVisible();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
});
