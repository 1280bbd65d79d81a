import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { createClient } from "./support/ask";
import { expect, test } from "./support/fixtures";
import { askInPage, openAsDeveloper, untilAnswered } from "./support/page";

const FIRST = "How many vacation days can I carry over?";
const SECOND = "How long is debug data kept?";

async function expectNoViolations(page: Page, name: string) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .disableRules(["label-content-name-mismatch"])
    .analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`,
  );
  expect.soft(found, name).toEqual([]);
}

/** Two answers of one conversation, the sidebar on the second one with nothing to compare it with. */
async function openCompare(page: Page, url: string) {
  await openAsDeveloper(page, url);
  for (const question of [FIRST, SECOND]) {
    await askInPage(page, question);
    await page.getByRole("heading", { level: 2, name: question }).waitFor();
    await untilAnswered(page);
    await expect(page.getByRole("button", { name: /^(Regenerate|重新生成)$/ }).last()).toBeEnabled();
  }
  await page.keyboard.press("Control+.");
  await page.getByRole("tab").first().focus();
  await page.keyboard.press("6");
  const panel = page.getByRole("complementary");
  await expect(page.getByRole("tab", { selected: true })).toHaveText(/Compare|对比/);
  return panel;
}

test("two requests of a conversation are compared, swapped and kept in the address", async ({
  app,
  page,
}) => {
  const panel = await openCompare(page, app.url);
  await expect(panel.getByText("Nothing to compare with yet")).toBeVisible();
  await panel.getByRole("button", { name: /^B: / }).click();
  await page.getByRole("combobox").fill("vacation");
  await expect(page.getByRole("option").first()).toContainText(FIRST);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/compare=/);
  const total = panel.getByRole("row", { name: /^Total/ });
  await expect(total).toContainText(/[+−±]/);
  await expect(panel.getByRole("heading", { name: "Only in A" })).toBeVisible();
  const route = panel.locator("section").filter({ has: page.getByRole("heading", { name: "Route" }) });
  await expect(route).toContainText("sidetrace");
  const answerDiff = panel.locator("section", { hasText: "Answer diff" });
  await expect(answerDiff.locator("ins").filter({ hasText: "1 hour" })).toBeVisible();
  await expect(panel.getByRole("list", { name: "Timeline of A" }).getByText("llm_generation")).toBeVisible();
  await expect(panel.getByRole("list", { name: "Timeline of B" }).getByText("llm_generation")).toBeVisible();
  const before = new URL(page.url()).searchParams;
  await panel.getByRole("button", { name: "Swap A and B" }).click();
  await expect(answerDiff.locator("del").filter({ hasText: "1 hour" })).toBeVisible();
  const after = new URL(page.url()).searchParams;
  expect([after.get("debug"), after.get("compare")]).toEqual([before.get("compare"), before.get("debug")]);
  await page.reload();
  await expect(panel.getByText("Answer diff")).toBeVisible();
});

test("a request of another browser, the same one and one that is gone are told apart", async ({
  app,
  page,
}) => {
  const { requestId } = await createClient(app.url).answer({ message: "What does the graph agent do?" });
  const panel = await openCompare(page, app.url);
  await panel.getByRole("button", { name: /^B: / }).click();
  await page.getByRole("combobox").fill(requestId);
  await expect(page.getByRole("option")).toHaveText(`Compare with ${requestId}`);
  await page.keyboard.press("Enter");
  await expect(panel.getByText("Prompt diff")).toBeVisible();
  const own = new URL(page.url()).searchParams.get("debug") ?? "";
  const choose = async (id: string) => {
    await panel.getByRole("button", { name: /^B: / }).click();
    await page.getByRole("combobox").fill(id);
    await page.getByRole("option").click();
  };
  await choose(own);
  await expect(panel.getByText("A and B are the same request.")).toBeVisible();
  await expect(panel.getByText("Answer diff")).toHaveCount(0);
  await choose("0190a2b3-4c5d-7e6f-8a9b-0c1d2e3f0000");
  await expect(panel.getByText("B is no longer stored")).toBeVisible();
});

test("what a passage does not say is underlined in the answer and listed with the evidence", async ({
  scripted: { app, model },
  page,
}) => {
  model.script({ pieces: ["You may carry over up to 99 unused vacation days into the next year.[1]"] });
  await openAsDeveloper(page, app.url);
  const answer = await askInPage(page, FIRST);
  await untilAnswered(page);
  const marked = () => page.evaluate(() => [...(CSS.highlights.get("unsupported") ?? [])].map(String));
  expect(await marked()).toEqual([]);
  await page.keyboard.press("Control+.");
  await page.getByRole("tab").nth(2).click();
  const support = page.getByRole("region", { name: "Citation support" });
  await expect(support).toContainText("1 not supported");
  await expect(support).toContainText("missing: 99");
  await expect(support.locator("blockquote")).toContainText("5 unused vacation days");
  await expect.poll(marked).toEqual(["You may carry over up to 99 unused vacation days into the next year."]);
  await expect(answer.locator("[data-citation]").first()).toHaveAttribute("aria-description", /does not say/);
  const request = new URL(page.url()).searchParams.get("debug");
  const record = await page.evaluate(
    async (id) => (await fetch(`/api/debug/${id}?view=record`)).json(),
    request,
  );
  expect(record.citations[0].support).toBeLessThan(0.5);
  expect(record.citations[0].evidence.missing).toEqual(["99"]);
  await expectNoViolations(page, "support");
  await page.keyboard.press("Control+.");
  await expect.poll(marked).toEqual([]);
  await expect(answer.locator("[data-citation]").first()).not.toHaveAttribute("aria-description");
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const locale of ["en-US", "zh-CN"]) {
    test.describe(`${colorScheme}, ${locale}`, () => {
      test.use({ colorScheme, locale, viewport: { width: 1440, height: 900 } });

      test("compare and replay pass axe in every state and width", async ({ app, page }) => {
        test.setTimeout(120_000);
        await openCompare(page, app.url);
        await expectNoViolations(page, "nothing chosen");
        await page.getByRole("button", { name: /^B[:：]/ }).click();
        await page.getByRole("option").nth(1).waitFor();
        await expectNoViolations(page, "picker");
        await page.getByRole("option").nth(1).click();
        await page.getByText(/^(Answer diff|回答差异)$/).waitFor();
        for (const key of ["Home", "End"]) {
          await page.getByRole("separator").first().focus();
          await page.keyboard.press(key);
          await expectNoViolations(page, `compared, ${key}`);
        }
        await page.getByRole("tab").nth(2).click();
        await page.getByRole("button", { name: /Replay with changes|修改后重放/ }).click();
        const dialog = page.getByRole("dialog");
        await dialog.getByLabel("temperature").fill("9");
        await dialog.getByLabel("system_prompt").fill("Answer in rhymes.");
        await expectNoViolations(page, "dialog");
      });
    });
  }
}
