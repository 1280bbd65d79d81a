import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { askInPage, openAsDeveloper, untilAnswered } from "./support/page";

const QUESTION = "How long is debug data kept?";
type Tab = "Retrieval" | "Prompt";

/** The four places where the first passage of the answer is shown. */
function placesOf(page: Page) {
  const prompt = page.getByRole("tabpanel").getByRole("button", { name: "Mark passage 1", exact: true });
  return {
    citation: page
      .getByRole("article")
      .getByRole("button", { name: /^Source 1/ })
      .first(),
    source: page.getByRole("region", { name: "Sources" }).getByRole("link").filter({ hasText: /^1/ }).first(),
    row: page.getByRole("table").getByRole("row").nth(1),
    rowButton: page.getByRole("table").getByRole("row").nth(1).getByRole("button"),
    prompt: prompt.locator(".."),
    promptButton: prompt,
  };
}

async function openTab(page: Page, tab: Tab) {
  await page.getByRole("tab", { name: new RegExp(tab) }).click();
  await page.mouse.move(0, 0);
}

test.beforeEach(async ({ app, page }) => {
  await page.setViewportSize({ width: 1440, height: 1000 });
  await openAsDeveloper(page, app.url);
  await askInPage(page, QUESTION);
  await untilAnswered(page);
  await page
    .getByRole("button", { name: /^Debug/ })
    .first()
    .click();
});

async function expectMarked(...places: Locator[]) {
  for (const place of places) await expect(place).toHaveAttribute("data-marked", "true");
}

async function expectNothingMarked(page: Page) {
  await expect(page.locator("[data-marked]")).toHaveCount(0);
}

test("the pointer on any place of a passage marks the others", async ({ page }) => {
  const { citation, source, row, prompt } = placesOf(page);
  for (const [tab, shown] of [
    ["Retrieval", row],
    ["Prompt", prompt],
  ] as const) {
    await openTab(page, tab);
    await expectNothingMarked(page);
    for (const from of [citation, source, shown]) {
      await from.hover({ position: { x: 4, y: 4 } });
      await expectMarked(citation, source, shown);
      await page.mouse.move(0, 0);
      await expectNothingMarked(page);
    }
  }
});

test("the focus on any place of a passage marks the others", async ({ page }) => {
  const { citation, source, row, rowButton, prompt, promptButton } = placesOf(page);
  for (const [tab, shown, button] of [
    ["Retrieval", row, rowButton],
    ["Prompt", prompt, promptButton],
  ] as const) {
    await openTab(page, tab);
    for (const from of [citation, source, button]) {
      await from.focus();
      await expectMarked(citation, source, shown);
      await from.blur();
      await expectNothingMarked(page);
    }
  }
});

test("a chosen passage stays marked from one tab to the other, until it is given up", async ({ page }) => {
  const { citation, source, row, rowButton, prompt, promptButton } = placesOf(page);
  await openTab(page, "Retrieval");
  await rowButton.press("Enter");
  await expect(rowButton).toHaveAttribute("aria-expanded", "true");
  await expect(page.getByRole("table").locator("mark").first()).toBeVisible();
  await openTab(page, "Prompt");
  await expectMarked(citation, source, prompt);
  await expect(promptButton).toHaveAttribute("aria-pressed", "true");
  await promptButton.press("Enter");
  await promptButton.blur();
  await expectNothingMarked(page);
  await promptButton.press("Enter");
  await openTab(page, "Retrieval");
  await expectMarked(citation, source, row);
});

test("a chosen citation leads to the row and to the place in the prompt", async ({ page }) => {
  const { citation, row, prompt } = placesOf(page);
  await openTab(page, "Retrieval");
  await citation.click();
  await openTab(page, "Retrieval");
  await expectMarked(row);
  await openTab(page, "Prompt");
  await expectMarked(prompt);
});
