import { expect, test } from "./support/fixtures";
import { gate } from "./support/gate";
import { expectFocusKept, tabTo } from "./support/keyboard";
import { openAsDeveloper, untilAnswered } from "./support/page";

const QUESTION = "How long is debug data kept?";

test("ask, stop, ask again, regenerate and vote without a mouse; the focus is never lost", async ({
  scripted: { app, model },
  page,
}) => {
  const held = gate();
  model.script({ pieces: ["Held", " back."], holdAt: { index: 1, until: held.until } });
  await page.goto(app.url);
  const composer = page.getByRole("textbox", { name: "Your question" });
  await tabTo(page, page.getByRole("link", { name: "Skip to the conversation" }));
  await page.keyboard.press("Enter");
  await tabTo(page, composer);
  await page.keyboard.type(QUESTION);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("article")).toContainText("Held");
  await expect(composer).toBeFocused();

  await tabTo(page, page.getByRole("button", { name: /^Stop/ }));
  await page.keyboard.press("Enter");
  await expect(page.getByText("Stopped", { exact: true })).toBeVisible();
  await expect(composer).toBeFocused();
  held.open();

  model.script({ pieces: ["It is kept for an hour [1]."] });
  await page.keyboard.type("And without Redis?");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("article")).toHaveCount(2);
  await untilAnswered(page);
  const regenerate = page.getByRole("button", { name: "Regenerate" }).last();
  await tabTo(page, regenerate, "Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByText("2 / 2")).toBeVisible();
  await untilAnswered(page);
  await expectFocusKept(page);

  await tabTo(page, page.getByRole("button", { name: "Bad answer" }).last(), "Shift+Tab");
  await page.keyboard.press("Enter");
  const form = page.getByRole("dialog", { name: "What was wrong?" });
  await expect(form).toBeVisible();
  await tabTo(page, form.getByRole("button", { name: "Incomplete" }).or(form.getByLabel("Incomplete")));
  await page.keyboard.press("Space");
  await tabTo(page, form.getByRole("button", { name: "Send" }));
  await page.keyboard.press("Enter");
  await expect(form).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Bad answer" }).last()).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await expectFocusKept(page);
});

test("a citation, its card and its document without a mouse", async ({ app, page }) => {
  await page.goto(app.url);
  const composer = page.getByRole("textbox", { name: "Your question" });
  await tabTo(page, composer);
  await page.keyboard.type(QUESTION);
  await page.keyboard.press("Enter");
  await untilAnswered(page);
  const chip = page.getByRole("button", { name: /^Source 1/ }).first();
  await tabTo(page, chip, "Shift+Tab");
  await expect(page.getByRole("tooltip").filter({ hasText: "relevance" })).toBeVisible();
  const source = page
    .getByRole("article")
    .getByRole("link", { name: /How long debug data is kept/ })
    .first();
  await tabTo(page, source);
  await page.keyboard.press("Enter");
  const panel = page.getByRole("complementary", { name: "Source", exact: true });
  await expect(panel).toBeVisible();
  await expectFocusKept(page);
  await tabTo(page, panel.getByRole("button", { name: "Close source" }));
  await page.keyboard.press("Enter");
  await expect(panel).toHaveCount(0);
  await expectFocusKept(page);
});

test("rename, delete with undo, search and switch conversations without a mouse", async ({ app, page }) => {
  await page.clock.install();
  await page.goto(app.url);
  const composer = page.getByRole("textbox", { name: "Your question" });
  for (const question of [QUESTION, "What is in the log?"]) {
    await page.keyboard.press("Control+Shift+o");
    await expect(composer).toBeFocused();
    await page.keyboard.type(question);
    await page.keyboard.press("Enter");
    await untilAnswered(page);
  }
  const list = page.getByRole("navigation", { name: "Chats" });
  const first = list.getByRole("link", { name: QUESTION });
  await tabTo(page, first, "Shift+Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Pin" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitem", { name: "Rename" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Title of the chat" })).toBeFocused();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("Kept for an hour");
  await page.keyboard.press("Enter");
  const renamed = list.getByRole("link", { name: "Kept for an hour" });
  await expect(renamed).toBeFocused();

  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: /Pin/ })).toBeFocused();
  await page.keyboard.press("End");
  await expect(page.getByRole("menuitem", { name: "Delete" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(renamed).toHaveCount(0);
  await expectFocusKept(page);
  const undo = page.getByRole("button", { name: "Undo" });
  await tabTo(page, undo);
  // Who is there has all the time.
  await page.clock.fastForward(60_000);
  await expect(undo).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(renamed).toBeVisible();
  await expectFocusKept(page);

  await page.keyboard.press("Control+k");
  const search = page.getByRole("combobox", { name: "Search chats" });
  await expect(search).toBeFocused();
  await page.keyboard.type("log");
  await expect(page.getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "What is in the log?", level: 2 })).toBeVisible();
  await expectFocusKept(page);
});

test("theme and language without a mouse; a menu gives the focus back", async ({ app, page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(app.url);
  const theme = page.getByRole("button", { name: "Theme" });
  await tabTo(page, theme);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitemradio", { name: "Light" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(theme).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitemradio", { name: "Light" })).toBeFocused();
  await page.keyboard.press("d");
  await expect(page.getByRole("menuitemradio", { name: "Dark" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(theme).toBeFocused();
  await tabTo(page, page.getByRole("button", { name: "中文" }), "Shift+Tab");
  await page.keyboard.press("Space");
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await expectFocusKept(page);
});

test("the sidebar and all of its tabs without a mouse", async ({ app, page }) => {
  await openAsDeveloper(page, app.url);
  const composer = page.getByRole("textbox", { name: "Your question" });
  await tabTo(page, composer);
  await page.keyboard.type(QUESTION);
  await page.keyboard.press("Enter");
  await untilAnswered(page);
  const opener = page.getByRole("article").getByRole("button", { name: /^(Debug|Inspecting)$/ });
  await tabTo(page, opener, "Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("tab", { name: "Timeline" })).toBeFocused();
  for (const tab of [/Retrieval/, /Prompt/, /Route/, /Log/, /Compare/]) {
    await page.keyboard.press("ArrowRight");
    await expect(page.getByRole("tab", { name: tab })).toBeFocused();
    await expect(page.getByRole("tab", { name: tab })).toHaveAttribute("aria-selected", "true");
  }
  await page.keyboard.press("Escape");
  await expect(page.getByRole("tablist")).toHaveCount(0);
  await expect(opener).toBeFocused();
});

test("on a phone's width the drawer takes the focus and gives it back", async ({ app, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(app.url);
  const menu = page.getByRole("button", { name: "Menu" });
  await tabTo(page, menu);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Chats" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(menu).toBeFocused();
});
