import { expectNoViolations } from "./support/axe";
import { expect, test } from "./support/fixtures";
import { askInPage, overflowOf, untilAnswered } from "./support/page";
import { describeViews } from "./support/views";

const QUESTIONS = ["What does the debug sidebar show?", "How long is debug data kept?"];

describeViews("composer", ({ t }) => {
  test("it grows, keeps drafts per conversation, brings back questions and says what is too long", async ({
    app,
    page,
  }) => {
    await page.goto(app.url);
    const composer = page.getByRole("textbox", { name: t.composer.label });
    for (const [index, question] of QUESTIONS.entries()) {
      await askInPage(page, question);
      await expect(page.getByRole("article")).toHaveCount(index + 1);
      await untilAnswered(page);
    }
    await composer.press("ArrowUp");
    await expect(composer).toHaveValue(QUESTIONS[1] ?? "");
    await composer.press("ArrowUp");
    await expect(composer).toHaveValue(QUESTIONS[0] ?? "");
    await composer.press("ArrowDown");
    await composer.press("ArrowDown");
    await expect(composer).toHaveValue("");
    const height = () => composer.evaluate((element) => element.clientHeight);
    const before = await height();
    await composer.fill("a draft\nof\nfour\nlines");
    expect(await height()).toBeGreaterThan(before);
    await composer.press("ArrowUp");
    await expect(composer).toHaveValue(/a draft/);
    await page.reload();
    await expect(composer).toHaveValue("a draft\nof\nfour\nlines");
    await page.keyboard.press("Control+Shift+o");
    await expect(composer).toHaveValue("");
    await composer.fill("another draft");
    await page.goBack();
    await expect(composer).toHaveValue(/a draft\nof/);
    await composer.fill("x".repeat(7_990));
    await expect(page.getByText(/7,990/)).toBeVisible();
    await composer.fill("x".repeat(8_001));
    await expect(page.getByRole("button", { name: t.composer.send, exact: true })).toBeDisabled();
    await expectNoViolations(page, "too long");
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
  });

  test("@ picks who searches, with the keyboard alone", async ({ app, page }) => {
    await page.goto(app.url);
    const composer = page.getByRole("textbox", { name: t.composer.label });
    await composer.pressSequentially("What is kept? @");
    const list = page.getByRole("listbox", { name: t.composer.agents.label });
    await expect(list.getByRole("option")).toHaveCount(4);
    await expectNoViolations(page, "agents");
    await composer.press("ArrowDown");
    await composer.press("ArrowDown");
    const chosen = list.getByRole("option", { name: new RegExp(`^${t.composer.agents.hybrid_agent}`) });
    await expect(chosen).toHaveAttribute("aria-selected", "true");
    expect(await composer.getAttribute("aria-activedescendant")).toBe(await chosen.getAttribute("id"));
    await composer.press("Enter");
    await expect(list).toHaveCount(0);
    await expect(composer).toHaveValue("What is kept? ");
    await expect(
      page.getByRole("button", { name: `${t.composer.agents.label} ${t.composer.agents.hybrid_agent}` }),
    ).toBeVisible();
    await composer.pressSequentially("@zzz");
    await expect(list).toHaveCount(0);
    await composer.fill("@");
    await composer.press("Escape");
    await expect(list).toHaveCount(0);
    const asked = page.waitForRequest((request) => request.url().endsWith("/api/chat"));
    await composer.fill("What is kept?");
    await composer.press("Enter");
    expect((await asked).postDataJSON()).toMatchObject({ agent_type: "hybrid_agent" });
  });

  test("Enter that ends a composition sends nothing", async ({ app, page }) => {
    await page.goto(app.url);
    const composer = page.getByRole("textbox", { name: t.composer.label });
    await composer.focus();
    const session = await page.context().newCDPSession(page);
    await session.send("Input.imeSetComposition", { text: "ni", selectionStart: 2, selectionEnd: 2 });
    await composer.dispatchEvent("keydown", { key: "Enter", keyCode: 229, isComposing: true });
    await expect(page.getByRole("article")).toHaveCount(0);
    await session.send("Input.insertText", { text: "你好" });
    await expect(composer).toHaveValue("你好");
    await composer.press("Enter");
    await expect(page.getByRole("article")).toHaveCount(1);
  });
});
