import { expect, test } from "./support/fixtures";
import { askInPage, untilAnswered } from "./support/page";

const QUESTIONS = { en: "How long is debug data kept?", zh: "调试数据保存多久？" };

for (const locale of ["zh-CN", "zh-TW"]) {
  test.describe(`a browser that asks for ${locale}`, () => {
    test.use({ locale });

    test("gets Chinese, until somebody chooses; the choice stays", async ({ app, page }) => {
      await page.goto(app.url);
      await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
      await expect(page.getByRole("heading", { name: "想查点什么？" })).toBeVisible();
      await page.getByRole("button", { name: "EN" }).click();
      await expect(page.getByRole("heading", { name: "What do you need to find out?" })).toBeVisible();
      await page.reload();
      await expect(page.locator("html")).toHaveAttribute("lang", "en");
    });
  });
}

test.describe("a browser that asks for a language that is not there", () => {
  test.use({ locale: "fi-FI" });

  test("gets English", async ({ app, page }) => {
    await page.goto(app.url);
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
  });
});

test("an answer is in the question's language, whatever the page's, and says which one that is", async ({
  app,
  page,
}) => {
  await page.goto(app.url);
  const chinese = await askInPage(page, QUESTIONS.zh);
  await untilAnswered(page);
  await expect(page.getByRole("heading", { name: QUESTIONS.zh, level: 2 })).toHaveAttribute("lang", "zh-CN");
  await expect(chinese.locator("[lang]").first()).toHaveAttribute("lang", "zh-CN");
  await expect(chinese.locator("[lang=zh-CN]")).toContainText(/小时/);
  await askInPage(page, QUESTIONS.en);
  await expect(page.getByRole("button", { name: "Regenerate" })).toHaveCount(2);
  const english = page.getByRole("article").last();
  await expect(english).toContainText(/hour/);
  await expect(english.locator("[lang]")).toHaveCount(0);
});

test("dates are written in the page's language, with the day first and 24 hours", async ({ app, page }) => {
  await page.goto(app.url);
  await askInPage(page, QUESTIONS.en);
  await untilAnswered(page);
  const row = page.getByRole("navigation").getByRole("link", { name: QUESTIONS.en });
  await row.hover();
  await expect(row.locator("time")).toHaveText(/^([01]\d|2[0-3]):[0-5]\d$/);
  await page.keyboard.press("Control+k");
  const date = page.getByRole("option").first().locator("time");
  await expect(date).toHaveText(/^\d{1,2} [A-Z][a-z]{2,3} 20\d\d$/);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "中文" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await page.keyboard.press("Control+k");
  await expect(date).toHaveText(/^20\d\d年\d{1,2}月\d{1,2}日$/);
});
