import type { Locator, Page } from "@playwright/test";
import { DEBUG_TOKEN } from "./app-server";

/** Opens the page as a developer: the link that the terminal prints. */
export async function openAsDeveloper(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/?token=${DEBUG_TOKEN}`);
  await page.waitForURL((address) => !address.searchParams.has("token"));
}

/** Types a question and sends it; returns the newest answer. */
export async function askInPage(page: Page, question: string): Promise<Locator> {
  const composer = page.getByRole("textbox", { name: /Your question|你的问题/ });
  await composer.fill(question);
  await composer.press("Enter");
  return page.getByRole("article").last();
}

/** Waits until the newest answer is complete. */
export async function untilAnswered(page: Page): Promise<void> {
  await page
    .getByRole("button", { name: /^(Regenerate|重新生成)$/ })
    .last()
    .waitFor();
}
