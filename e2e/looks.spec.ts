import { expectNoViolations } from "./support/axe";
import { expect, test } from "./support/fixtures";
import { gate } from "./support/gate";
import { askInPage, openAsDeveloper, overflowOf, untilAnswered } from "./support/page";
import { doubleText, textFaults } from "./support/text-size";

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
    await page.getByRole("button", { name: "Debug" }).first().tap();
    const sheet = page.getByRole("dialog", { name: "Debug" });
    await expect(sheet.getByRole("tree")).toBeVisible();
    expect(await overflow()).toBeLessThanOrEqual(0);
    await expectNoViolations(page, "phone sheet");
    await page.keyboard.press("Escape");
    await expect(sheet).toHaveCount(0);
  });
});

test("the theme can be switched and stays", async ({ app, page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(app.url);
  await page.getByRole("button", { name: "Theme" }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("an answer that is being made, was stopped or failed passes axe", async ({
  scripted: { app, model },
  page,
}) => {
  const held = gate();
  model.script({ pieces: ["Held", " back."], holdAt: { index: 1, until: held.until } });
  await page.goto(app.url);
  await expect(await askInPage(page, "How long is debug data kept?")).toContainText("Held");
  await expectNoViolations(page, "streaming");
  await page.getByRole("button", { name: /^Stop/ }).click();
  await expect(page.getByText("Stopped", { exact: true })).toBeVisible();
  await expectNoViolations(page, "stopped");
  held.open();
  model.script({ status: 401 });
  await askInPage(page, "And now?");
  await expect(page.getByRole("alert").filter({ hasText: "key" })).toBeVisible();
  await expectNoViolations(page, "failed");
});

test("dialogs, menus and pages without a conversation pass axe", async ({ app, page }) => {
  await page.goto(app.url);
  await page.getByRole("textbox").first().waitFor();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").waitFor();
  await expectNoViolations(page, "search");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Theme" }).focus();
  await page.keyboard.press("?");
  await page.getByRole("dialog").waitFor();
  await expectNoViolations(page, "shortcuts");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Theme" }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).waitFor();
  await expectNoViolations(page, "theme menu");
  const withoutRole = ["/debug/none", "/knowledge", "/insights", "/settings"];
  for (const path of ["/help/storage", "/nowhere/at/all", "/documents/none", ...withoutRole]) {
    await page.goto(`${app.url}${path}`);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    await expect(page).toHaveTitle(/./);
    await expectNoViolations(page, path);
  }
});

for (const width of [320, 390, 720, 1024, 1440, 2560]) {
  test(`nothing is wider than ${width} px`, async ({ app, page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(app.url);
    await page.getByRole("textbox").first().waitFor();
    expect(["empty", await overflowOf(page)]).toEqual(["empty", 0]);
    await askInPage(page, "How long is debug data kept?");
    await untilAnswered(page);
    expect(["answer", await overflowOf(page)]).toEqual(["answer", 0]);
    await page.goto(`${app.url}/help/storage`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(["document", await overflowOf(page)]).toEqual(["document", 0]);
  });
}

for (const width of [390, 1280]) {
  test(`with text of twice the size nothing is cut or covered at ${width} px`, async ({ app, page }) => {
    await page.setViewportSize({ width, height: 900 });
    await doubleText(page);
    await page.goto(app.url);
    await page.getByRole("textbox").first().waitFor();
    expect(await textFaults(page)).toEqual([]);
    await askInPage(page, "How long is debug data kept?");
    await untilAnswered(page);
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe("32px");
    expect(await textFaults(page)).toEqual([]);
    expect(await overflowOf(page)).toBe(0);
  });
}

test("who wants no motion gets none", async ({ app, page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(app.url);
  await page.getByRole("button", { name: "Theme" }).click();
  await page.getByRole("menu").waitFor();
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
});
