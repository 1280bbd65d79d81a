import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { sampleRecord } from "@/lib/run-view/run-record.fixture";
import { createClient } from "./support/ask";
import { expect, test } from "./support/fixtures";
import { importRun } from "./support/imported-run";
import { askInPage, openAsDeveloper, untilAnswered } from "./support/page";

const QUESTION = "How long is debug data kept?";
const panelOf = (page: Page) => page.locator("[data-debug-panel]");
const widthOf = async (page: Page) => (await panelOf(page).boundingBox())?.width ?? 0;

async function expectNoViolations(page: Page, name: string) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .disableRules(["label-content-name-mismatch"])
    .analyze();
  expect
    .soft(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 140)).join(" | ")}`),
      name,
    )
    .toEqual([]);
}

async function openPanel(page: Page, url: string) {
  await openAsDeveloper(page, url);
  await askInPage(page, QUESTION);
  await untilAnswered(page);
  await page.keyboard.press("Control+.");
  await page.getByRole("tree", { name: "Spans" }).waitFor();
}

test.describe("beside the chat", () => {
  test.use({ viewport: { width: 1440, height: 900 } });

  test("the panel is made wider and narrower by mouse and by key, and stays so", async ({ app, page }) => {
    await openPanel(page, app.url);
    const handle = page.getByRole("separator", { name: /width|panel/i });
    expect(Math.round(await widthOf(page))).toBe(559);
    await handle.focus();
    await page.keyboard.press("ArrowLeft");
    await expect(handle).toHaveAttribute("aria-valuenow", "580");
    await page.keyboard.press("Home");
    await expect(handle).toHaveAttribute("aria-valuenow", "380");
    await page.keyboard.press("End");
    await expect(handle).toHaveAttribute("aria-valuenow", "760");
    const box = await handle.boundingBox();
    if (!box) throw new Error("no handle");
    await page.mouse.move(box.x + 4, 300);
    await page.mouse.down();
    await page.mouse.move(1440 - 640, 300, { steps: 5 });
    await page.mouse.up();
    await expect(handle).toHaveAttribute("aria-valuenow", "640");
    await page.reload();
    await expect(handle).toHaveAttribute("aria-valuenow", "640");
    await page.mouse.dblclick(1440 - 640, 300);
    await expect(handle).toHaveAttribute("aria-valuenow", "560");
  });

  test("a window takes the panel over, stays linked with its chat, and gives it back", async ({
    app,
    page,
  }) => {
    await openPanel(page, app.url);
    await page.getByRole("tab", { name: "Retrieval" }).click();
    const opened = page.waitForEvent("popup");
    await page.getByRole("button", { name: "Open in a window" }).click();
    const popup = await opened;
    await expect(popup).toHaveURL(/\/debug\/[0-9a-f-]+\?tab=retrieval$/);
    await expect(popup.getByRole("tab", { name: "Retrieval" })).toHaveAttribute("aria-selected", "true");
    await expect(panelOf(page)).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Inspecting" })).toBeVisible();

    const row = popup.getByRole("row").nth(1);
    await row.hover();
    await expect(page.locator("article .bg-accent-bg").first()).toBeVisible();

    await askInPage(page, "What does the Langfuse button show?");
    await untilAnswered(page);
    await expect(popup.getByText("2 / 2")).toBeVisible();
    await expect(page.getByRole("button", { name: "Inspecting" })).toHaveCount(1);

    const closed = popup.waitForEvent("close");
    await popup.getByRole("tab", { name: "Prompt" }).click();
    await popup.getByRole("button", { name: "Show beside the chat" }).click();
    await closed;
    await expect(panelOf(page)).toBeVisible();
    await expect(page.getByRole("tab", { name: "Prompt" })).toHaveAttribute("aria-selected", "true");
  });

  test("the place that was used last is used again", async ({ app, page }) => {
    await openPanel(page, app.url);
    const first = page.waitForEvent("popup");
    await page.getByRole("button", { name: "Open in a window" }).click();
    const popup = await first;
    await popup.getByRole("tab").first().waitFor();
    await popup.close();
    await expect(page.getByRole("button", { name: "Inspecting" })).toHaveCount(0);
    const second = page.waitForEvent("popup");
    await page.getByRole("article").getByRole("button", { name: "Debug" }).click();
    const again = await second;
    await expect(again.getByRole("tree", { name: "Spans" })).toBeVisible();
    await expect(panelOf(page)).toHaveCount(0);
    await page.reload();
    await expect(page.getByRole("button", { name: "Inspecting" })).toBeVisible();
  });
});

test.describe("a page of its own", () => {
  test("shows the request of another browser, looked at as the address says", async ({ app, page }) => {
    const client = createClient(app.url);
    const { requestId } = await client.answer({ message: QUESTION });
    const record = await (await client.fetch(`/api/debug/${requestId}?view=record`)).json();
    const spanId = record.spans.find(({ name }: { name: string }) => name === "build_context").span_id;
    await openAsDeveloper(page, app.url);
    await page.goto(`${app.url}/debug/${requestId}?tab=timeline&span=${spanId}`);
    await expect(page.getByRole("treeitem", { name: /^build_context/ })).toHaveAttribute(
      "aria-selected",
      "true",
    );
    await expect(page.getByRole("main", { name: "Debug" })).toBeVisible();
    await expect(page).toHaveTitle(new RegExp(requestId.slice(0, 8)));
    await expect(page.getByText("1 / 1")).toBeVisible();
    await page.getByRole("button", { name: "Show beside the chat" }).click();
    await expect(page).toHaveURL(new RegExp(`/\\?debug=${requestId}`));
    await expect(page.getByRole("complementary", { name: "Debug" })).toBeVisible();
  });

  test("leads back to the conversation when that is this browser's", async ({ app, page }) => {
    await openAsDeveloper(page, app.url);
    await askInPage(page, QUESTION);
    await untilAnswered(page);
    const conversation = new URL(page.url()).pathname;
    await page.keyboard.press("Control+.");
    await page.waitForURL(/debug=/);
    const requestId = new URL(page.url()).searchParams.get("debug");
    await page.goto(`${app.url}/debug/${requestId}`);
    await page.getByRole("button", { name: "Show beside the chat" }).click();
    await expect(page).toHaveURL(new RegExp(`${conversation}\\?debug=${requestId}`));
  });

  test("refuses who has no role without loading anything of the panel, and says when nothing is stored", async ({
    app,
    page,
    browser,
  }) => {
    const requestId = await importRun(app.url, sampleRecord());
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    const refused = await page.goto(`${app.url}/debug/${requestId}`);
    expect(refused?.status()).toBe(403);
    await expect(page.getByRole("heading", { name: "The debug role is needed" })).toBeVisible();
    await page.waitForLoadState("networkidle");
    expect(asked.filter((path) => path.startsWith("/api/debug"))).toEqual([]);
    await openAsDeveloper(page, app.url);
    for (const unknown of ["0192a3b4-1111-7111-8111-111111111111", "nonsense"]) {
      const missing = await page.goto(`${app.url}/debug/${unknown}`);
      expect(missing?.status()).toBe(404);
      await expect(page.getByRole("heading", { name: "This request is no longer stored" })).toBeVisible();
    }
    const chinese = await browser.newPage({ locale: "zh-CN" });
    await chinese.goto(`${app.url}/debug/${requestId}`);
    await expect(chinese.getByRole("heading", { name: "需要调试权限" })).toBeVisible();
    await chinese.close();
  });

  test("loads again for a developer whose cookie a foreign link left behind", async ({
    app,
    page,
    context,
  }) => {
    const requestId = await importRun(app.url, sampleRecord());
    await openAsDeveloper(page, app.url);
    // The link stands on another site: the strict cookie is not sent with the first request.
    const elsewhere = await context.newPage();
    await elsewhere.setContent(`<a href="${app.url}/debug/${requestId}">the request</a>`);
    await elsewhere.getByRole("link").click();
    await expect(elsewhere.getByRole("tree", { name: "Spans" })).toBeVisible();
  });

  for (const [colorScheme, locale, width] of [
    ["light", "en-US", 380],
    ["dark", "zh-CN", 480],
    ["light", "zh-CN", 760],
    ["dark", "en-US", 1280],
  ] as const) {
    test(`passes axe in every tab at ${width} px, ${colorScheme}, ${locale}`, async ({ app, browser }) => {
      const context = await browser.newContext({ colorScheme, locale, viewport: { width, height: 800 } });
      const page = await context.newPage();
      const requestId = await importRun(app.url, sampleRecord());
      await openAsDeveloper(page, app.url);
      await page.goto(`${app.url}/debug/${requestId}`);
      const tabs = page.getByRole("tab");
      await tabs.first().waitFor();
      const count = await tabs.count();
      for (let index = 0; index < count; index += 1) {
        await tabs.nth(index).click();
        await expectNoViolations(page, `tab ${index}`);
      }
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      await context.close();
    });
  }
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("the span's detail is a bar of 48 px that opens, and there is no second window", async ({
    app,
    page,
  }) => {
    await openAsDeveloper(page, app.url);
    await askInPage(page, QUESTION);
    await untilAnswered(page);
    await page.getByRole("button", { name: "Debug" }).first().click();
    const sheet = page.getByRole("dialog", { name: "Debug" });
    const detail = sheet.getByRole("region", { name: "Span detail" });
    expect((await detail.boundingBox())?.height).toBe(48);
    await detail.getByRole("button", { name: "Show detail" }).click();
    await expect(detail.getByRole("radio", { name: "Output" })).toBeVisible();
    await detail.getByRole("button", { name: "Search in data" }).click();
    await expect(detail.getByRole("textbox", { name: "Search in data" })).toBeFocused();
    await expectNoViolations(page, "open detail");
    await detail.getByRole("button", { name: "Hide detail" }).click();
    expect((await detail.boundingBox())?.height).toBe(48);
    await sheet.getByRole("button", { name: "Kinds" }).click();
    await page.getByRole("menuitemcheckbox", { name: "retriever" }).click();
    await page.keyboard.press("Escape");
    await expect(sheet.getByRole("treeitem", { name: /bm25_search/ })).toHaveCount(0);
    await expect(sheet.getByRole("button", { name: "Open in a window" })).toHaveCount(0);
  });
});
