import type { Locator } from "@playwright/test";
import { expectNoViolations } from "./support/axe";
import { expect, test } from "./support/fixtures";
import { gate } from "./support/gate";
import { askInPage, openAsDeveloper } from "./support/page";

const atEnd = (log: Locator) =>
  log.evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight < 24);

for (const [language, fresh] of [
  ["en", /^\d+ new rows?$/],
  ["zh", /^\d+ 行新日志$/],
] as const) {
  test.describe(`the log of a running request, ${language}`, () => {
    test.use({ locale: language, viewport: { width: 1440, height: 380 } });

    test("follows new lines, leaves a reader who scrolled up in peace, and says how many came", async ({
      scripted,
      page,
    }) => {
      const held = gate();
      scripted.model.script({ pieces: ["It ", "waits."], holdAt: { index: 1, until: held.until } });
      await openAsDeveloper(page, scripted.app.url);
      await page
        .getByRole("button", { name: /^(Debug|调试)/ })
        .first()
        .click();
      await askInPage(page, "How do I change how long debug data is kept?");
      await page.getByRole("tab", { name: /^(Log|日志)/ }).click();
      const log = page.getByRole("log", { name: /^(Log|日志)/ });
      await expect(log.getByText("build_context").first()).toBeVisible();
      await expect.poll(() => atEnd(log)).toBe(true);
      await log.evaluate((box) => box.scrollTo({ top: 0 }));
      await expect.poll(() => atEnd(log)).toBe(false);
      const button = page.getByRole("button", { name: fresh });
      await expect(button).toHaveCount(0);
      held.open();
      await expect(button).toBeVisible();
      expect(await log.evaluate((box) => box.scrollTop)).toBe(0);
      await expectNoViolations(page, `log, ${language}`);
      await button.click();
      await expect.poll(() => atEnd(log)).toBe(true);
      await expect(button).toHaveCount(0);
    });
  });
}
