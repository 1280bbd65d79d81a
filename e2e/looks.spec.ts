import { expectNoViolations } from "./support/axe";
import { expect, test } from "./support/fixtures";
import { askInPage, openAsDeveloper, untilAnswered } from "./support/page";

const TABS = ["timeline", "retrieval", "prompt", "route", "log"];

for (const colorScheme of ["light", "dark"] as const) {
  for (const locale of ["en-US", "zh-CN"]) {
    test.describe(`${colorScheme}, ${locale}`, () => {
      test.use({ colorScheme, locale, viewport: { width: 1440, height: 900 } });

      test("every page and state passes axe", async ({ app, page }) => {
        test.setTimeout(120_000);
        await openAsDeveloper(page, app.url);
        await expect(page.locator("html")).toHaveAttribute("lang", locale === "zh-CN" ? "zh-CN" : "en");
        await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
        await page.getByRole("textbox").first().waitFor();
        await expectNoViolations(page, "empty");
        await askInPage(
          page,
          locale === "zh-CN" ? "年假有多少天？" : "How many vacation days can I carry over?",
        );
        await untilAnswered(page);
        await expectNoViolations(page, "answer");
        await page.keyboard.press("Control+.");
        for (const [index, tab] of TABS.entries()) {
          await page.getByRole("tab").nth(index).click();
          await expect(page).toHaveURL(index === 0 ? /debug=/ : new RegExp(`tab=${tab}`));
          await expectNoViolations(page, tab);
        }
      });
    });
  }
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("nothing is wider than the screen, the list is a drawer and the sidebar a sheet", async ({
    app,
    page,
  }) => {
    await openAsDeveloper(page, app.url);
    await askInPage(page, "How long is debug data kept?");
    await untilAnswered(page);
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(await overflow()).toBeLessThanOrEqual(0);
    await expectNoViolations(page, "phone answer");
    await page.getByRole("button", { name: "Menu" }).click();
    await expect(page.getByRole("dialog").getByText("New chat")).toBeVisible();
    await expectNoViolations(page, "phone drawer");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Debug" }).first().click();
    const sheet = page.getByRole("dialog", { name: "Debug" });
    await expect(sheet.getByRole("tree")).toBeVisible();
    expect(await overflow()).toBeLessThanOrEqual(0);
    await expectNoViolations(page, "phone sheet");
    await page.keyboard.press("Escape");
    await expect(sheet).toHaveCount(0);
  });
});

test("language and theme can be switched and stay", async ({ app, page }) => {
  await page.goto(app.url);
  await page.getByText("中文", { exact: true }).click();
  await expect(page.getByRole("heading", { name: "想查点什么？" })).toBeVisible();
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await page.getByText("EN", { exact: true }).click();
  await expect(page.getByRole("heading", { name: "What do you need to find out?" })).toBeVisible();
});
