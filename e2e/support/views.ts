import type { Page } from "@playwright/test";
import en from "@/messages/en.json" with { type: "json" };
import zh from "@/messages/zh.json" with { type: "json" };
import { test } from "./fixtures";

type Texts = typeof en;

/** A phone, a small laptop and a desktop, each in both languages. */
const VIEWS = [390, 1024, 1440].flatMap((width) => [
  { width, locale: "en-US", t: en satisfies Texts },
  { width, locale: "zh-CN", t: zh satisfies Texts },
]);

/** Describes a goal once for each width and language; `t` are the page's texts. */
export function describeViews(goal: string, tests: (view: { t: Texts; width: number }) => void): void {
  for (const { width, locale, t } of VIEWS) {
    test.describe(`${goal}, ${width} px, ${locale}`, () => {
      test.use({ locale, viewport: { width, height: 800 } });
      tests({ t, width });
    });
  }
}

/** Makes the list of conversations visible where it is a drawer. */
export async function openNav(page: Page, t: Texts): Promise<void> {
  const button = page.getByRole("button", { name: t.nav.menu, exact: true });
  if (await button.isVisible()) await button.click();
}

/** Chooses from a conversation's menu. */
export async function chooseForChat(page: Page, t: Texts, title: string, item: string): Promise<void> {
  await openNav(page, t);
  const row = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: title }) });
  await row.first().hover();
  await page
    .getByRole("button", { name: t.nav.actions.replace("{title}", title) })
    .first()
    .click();
  await page.getByRole("menuitem", { name: item }).click();
}
