import { expectNoViolations } from "./support/axe";
import { expect, test } from "./support/fixtures";
import { askInPage, untilAnswered } from "./support/page";
import { describeViews } from "./support/views";

const FIRST = "What does the debug sidebar show?";
const EDITED = "How long is debug data kept?";
const FOLLOW_UP = "And who may open it?";

describeViews("turns", ({ t }) => {
  test.use({ permissions: ["clipboard-read", "clipboard-write"] });

  test("an edited question is a version: the old one, its answers and what followed come back", async ({
    scripted: { app, model },
    page,
  }) => {
    model.script({ pieces: ["Answer to the first."] });
    await page.goto(app.url);
    await askInPage(page, FIRST);
    await untilAnswered(page);
    model.script({ pieces: ["Answer to the follow-up."] });
    await askInPage(page, FOLLOW_UP);
    await untilAnswered(page);
    await expect(page.getByRole("article")).toHaveCount(2);
    await page.getByRole("heading", { level: 2, name: FIRST }).hover();
    await page.getByRole("button", { name: t.turns.edit }).first().click();
    const editor = page.getByRole("textbox", { name: t.turns.editLabel });
    await expect(editor).toBeFocused();
    await expectNoViolations(page, "editing");
    model.script({ pieces: ["Answer to the edited one."] });
    await editor.fill(EDITED);
    await editor.press("Enter");
    await expect(page.getByText("Answer to the edited one.")).toBeVisible();
    await untilAnswered(page);
    await expect(page.getByRole("article")).toHaveCount(1);
    await expect(page.getByText("2 / 2")).toBeVisible();
    await page.reload();
    await expect(page.getByRole("heading", { level: 2, name: EDITED })).toBeVisible();
    await page.getByRole("button", { name: t.chat.versions.previous }).click();
    await expect(page.getByRole("heading", { level: 2, name: FIRST })).toBeVisible();
    await expect(page.getByText("Answer to the follow-up.")).toBeVisible();
    await page.reload();
    await expect(page.getByText("1 / 2")).toBeVisible();
    const session = await (await page.request.get(`${app.url}/api/sessions/${sessionOf(page.url())}`)).json();
    const ids = session.messages[1].versions.map((version: { request_id: string }) => version.request_id);
    expect(new Set(ids).size).toBe(2);
    await expectNoViolations(page, "versions");
  });

  test("a stopped answer goes on, and both versions are kept", async ({ scripted: { app, model }, page }) => {
    model.script({
      pieces: ["Only half", " of it."],
      holdAt: { index: 1, until: new Promise<void>(() => {}) },
    });
    await page.goto(app.url);
    const answer = await askInPage(page, FIRST);
    await expect(answer).toContainText("Only half");
    await page.getByRole("button", { name: new RegExp(`^${t.composer.stop}`) }).click();
    await expect(answer.getByText(t.chat.stopped, { exact: true })).toBeVisible();
    await page.reload();
    model.script({ pieces: [" and the rest."] });
    await page.getByRole("button", { name: t.turns.continue }).click();
    await expect(page.getByText("Only half and the rest.")).toBeVisible();
    await untilAnswered(page);
    await expect(page.getByText("2 / 2")).toBeVisible();
    const last = model.requests.findLast(({ stream }) => stream)?.messages ?? [];
    expect(last.at(-2)).toMatchObject({ role: "assistant", content: "Only half" });
    await expect(page.getByRole("button", { name: t.turns.continue })).toHaveCount(0);
    await page.getByRole("button", { name: t.chat.versions.previous }).click();
    await expect(page.getByRole("button", { name: t.turns.continue })).toBeVisible();
    await expectNoViolations(page, "continued");
  });

  test("an answer is copied as Markdown or as text, and selected words are quoted", async ({
    scripted: { app, model },
    page,
  }) => {
    model.script({ pieces: ["**Bold words** and a list:\n\n- one\n- two"] });
    await page.goto(app.url);
    const answer = await askInPage(page, FIRST);
    await untilAnswered(page);
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
    await page.getByRole("button", { name: t.turns.copyAs }).click();
    await expectNoViolations(page, "copy menu");
    await page.getByRole("menuitem", { name: t.turns.copyText }).click();
    await expect.poll(clipboard).toBe("Bold words and a list:\n\n• one\n• two");
    await page.getByRole("button", { name: t.turns.copyAs }).click();
    await page.getByRole("menuitem", { name: t.turns.copyMarkdown }).click();
    await expect.poll(clipboard).toContain("**Bold words**");
    await answer.locator("strong").selectText();
    await page.getByRole("button", { name: t.turns.quote, exact: true }).click();
    const composer = page.getByRole("textbox", { name: t.composer.label });
    await expect(composer).toHaveValue("> Bold words\n\n");
    await expect(composer).toBeFocused();
    await page.getByRole("button", { name: t.turns.copyAs }).click();
    await page.getByRole("menuitem", { name: t.turns.quoteAnswer }).click();
    await expect(composer).toHaveValue(/^> \*\*Bold words\*\* and a list:\n>\n> - one/);
  });

  test("a vote has reasons and a comment, may be changed, and is there after a reload", async ({
    scripted: { app, model },
    page,
  }) => {
    model.script({ pieces: ["An answer to vote on."] });
    await page.goto(app.url);
    await askInPage(page, FIRST);
    await untilAnswered(page);
    await page.getByRole("button", { name: t.chat.actions.bad }).click();
    await page.getByRole("checkbox", { name: t.chat.feedback.incomplete }).check();
    await page.getByRole("textbox", { name: t.chat.feedback.comment }).fill("More, please.");
    await expectNoViolations(page, "feedback");
    const form = page.getByRole("dialog", { name: t.chat.feedback.title });
    await form.getByRole("button", { name: t.chat.feedback.send }).click();
    const change = page.getByRole("button", { name: t.reasons.change });
    await expect(change).toBeVisible();
    await page.waitForLoadState("networkidle");
    await page.reload();
    await expect(page.getByRole("button", { name: t.chat.actions.bad })).toHaveAttribute(
      "aria-pressed",
      "true",
    );
    await change.click();
    await expect(page.getByRole("checkbox", { name: t.chat.feedback.incomplete })).toBeChecked();
    await expect(page.getByRole("textbox", { name: t.chat.feedback.comment })).toHaveValue("More, please.");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: t.chat.actions.good }).click();
    await expect(page.getByRole("button", { name: t.chat.actions.bad })).toHaveAttribute(
      "aria-pressed",
      "false",
    );
    await expect(change).toHaveCount(0);
  });
});

function sessionOf(address: string): string {
  return /\/c\/([0-9a-f-]{36})/.exec(address)?.[1] ?? "";
}
