import type { Locator, Page } from "@playwright/test";
import { ADMIN_TOKEN, DEBUG_TOKEN } from "./app-server";

/** Opens the page as a developer: the link that the terminal prints. */
export function openAsDeveloper(page: Page, url: string): Promise<void> {
  return openWithToken(page, url, DEBUG_TOKEN);
}

export function openAsAdmin(page: Page, url: string): Promise<void> {
  return openWithToken(page, url, ADMIN_TOKEN);
}

async function openWithToken(page: Page, url: string, token: string): Promise<void> {
  await page.goto(`${url}/?token=${token}`);
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

/** How many pixels the page is wider than the screen. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}
