import type { Page } from "@playwright/test";
import { extractText } from "unpdf";
import { expect, test } from "./support/fixtures";
import { askInPage, untilAnswered } from "./support/page";

const QUESTIONS = ["How long is debug data kept?", "What is in the log?", "Which agents are there?"];
const CODE = `\`\`\`sh\n${"echo a-long-line ".repeat(12)}ENDOFLINE\n\`\`\``;
const ANSWER = `See [the manual](https://manual.example/start). The value is kept for an hour [1].\n\n${CODE}\n\n${"One more paragraph of a long answer. ".repeat(120)}\n\nENDOFANSWER`;

/** What a printer would put on paper. */
async function printed(page: Page): Promise<{ text: string; pages: number }> {
  const pdf = await page.pdf({ format: "A4" });
  const { text, totalPages } = await extractText(new Uint8Array(pdf), { mergePages: true });
  return { text: text.replace(/\s+/g, " "), pages: totalPages };
}

test.describe("a conversation on paper", () => {
  test.use({ colorScheme: "dark" });

  test("is all there, with its sources and addresses, and nothing to click", async ({
    scripted: { app, model },
    page,
  }) => {
    model.script({ pieces: [ANSWER] });
    await page.goto(app.url);
    for (const [index, question] of QUESTIONS.entries()) {
      await askInPage(page, question);
      await expect(page.getByRole("button", { name: "Regenerate" })).toHaveCount(index + 1);
    }
    const { text, pages } = await printed(page);
    expect(pages).toBeGreaterThan(1);
    for (const question of QUESTIONS) expect(text).toContain(question);
    expect(text.match(/ENDOFANSWER/g)).toHaveLength(QUESTIONS.length);
    expect(text).toContain("<https://manual.example/start>");
    expect(text.match(/ENDOFLINE/g)).toHaveLength(QUESTIONS.length);
    const sources = await page
      .getByRole("article")
      .first()
      .getByRole("heading", { name: /^Sources/ })
      .textContent();
    const count = Number(sources?.replace(/\D/g, ""));
    expect(count).toBeGreaterThan(4);
    for (let n = 1; n <= count; n += 1) expect(text).toContain(`[${n}] `);
    expect(text).toContain(`${new URL(app.url).host}/documents/`);
    for (const chrome of [
      "New chat",
      "Search chats",
      "Regenerate",
      "All retrievers",
      "Show all",
      "search chats",
    ])
      expect(text).not.toContain(chrome);
  });

  test("is dark on white whatever the theme, and as wide as the page", async ({ app, page }) => {
    await page.goto(app.url);
    await askInPage(page, QUESTIONS[0] ?? "");
    await untilAnswered(page);
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await page.emulateMedia({ media: "print" });
    await page.setViewportSize({ width: 680, height: 900 });
    const colors = () =>
      page.evaluate(() => {
        const { backgroundColor, color } = getComputedStyle(document.body);
        return [backgroundColor, color];
      });
    await expect.poll(colors).toEqual(["rgb(255, 255, 255)", "rgb(23, 24, 27)"]);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wider).toBeLessThanOrEqual(0);
    await expect(page.getByRole("navigation")).toBeHidden();
    await expect(page.getByRole("textbox")).toBeHidden();
    await page.emulateMedia({ media: "screen" });
    await expect.poll(colors).toEqual(["rgb(17, 18, 20)", "rgb(237, 237, 240)"]);
  });
});

test("a document on paper is all there", async ({ app, page }) => {
  await page.goto(`${app.url}/help/storage`);
  await expect(page.getByRole("heading", { level: 1, name: "Storage" })).toBeVisible();
  const last = await page.locator("section").last().textContent();
  const { text, pages } = await printed(page);
  expect(pages).toBeGreaterThan(1);
  expect(text).toContain((last ?? "").replace(/\s+/g, " ").trim().slice(-40));
});
