import type { Locator, Page } from "@playwright/test";
import { samplePdf } from "@/lib/retrieval/parse/sample-pdf.fixture";
import { createClient } from "./support/ask";
import { expectNoViolations } from "./support/axe";
import { createDocuments } from "./support/documents";
import { expect, test } from "./support/fixtures";
import type { ModelServer } from "./support/model-server";
import { openAsDeveloper, overflowOf } from "./support/page";
import { inEveryView } from "./support/screens";

const QUESTION = "How long is the grace period of a rotated harbor key?";
const keys = (days: number) =>
  [
    "# Harbor keys",
    "## Issue",
    "A harbor key is issued at the desk on the quay. A grace period of a rotated key is noted on its tag.",
    "## Rotation",
    `Rotating a harbor key makes a second key. The grace period of a rotated harbor key is ${days} days.`,
    "## Revocation",
    "A revoked harbor key has no grace period, rotated or not: it stops within five minutes at every gate.",
  ].join("\n\n");

/** A knowledge base of its own with a document, and a conversation about it that the page's browser owns. */
async function makeConversation(page: Page, app: { url: string }, model: ModelServer, prefix: string) {
  const admin = createClient(app.url, "admin");
  await admin.fetch(`/api/knowledge-bases/${prefix}`, { method: "DELETE" });
  const documents = createDocuments(admin);
  await documents.createBase(prefix);
  const put = async (days: number) => {
    const { jobs } = await documents.send(prefix, { "keys.md": keys(days) });
    const ended = await documents.ended(jobs);
    expect(ended.map(({ state }) => state)).toEqual(["done"]);
    return ended[0]?.document_id ?? "";
  };
  const documentId = await put(14);
  model.script({ pieces: ["It is 14 days.[1] ", "Revoking is faster.[2]"] });
  const data = { message: QUESTION, kb_prefix: prefix };
  const answer = await (await page.request.post(`${app.url}/api/chat`, { data })).text();
  const sessionId = /"session_id":"([^"]+)"/.exec(answer)?.[1] ?? "";
  await page.goto(`${app.url}/c/${sessionId}`);
  const remove = () =>
    admin.fetch(`/api/knowledge-bases/${prefix}/documents/${documentId}`, { method: "DELETE" });
  return { documents, put, remove };
}

const chipOf = (page: Page, n: number) => page.getByRole("article").locator(`[data-citation="${n}"]`).first();
const panelOf = (page: Page) => page.locator("[data-source-panel]");

/** As a reader does: a mouse clicks the citation, a finger goes by its card. */
async function openSource(page: Page, chip: Locator, phone: boolean) {
  if (!phone) return chip.click();
  await chip.tap();
  await page
    .getByRole("tooltip")
    .getByRole("button", { name: /Open source|打开来源/ })
    .tap();
}

inEveryView(({ width, language, text, name }) => {
  const phone = width === 390;

  test("a citation leads to its document at the very passage, and to what became of it", async ({
    scripted: { app, model },
    page,
  }) => {
    const { put, remove } = await makeConversation(page, app, model, `keys-${width}-${language}`);
    const chip = chipOf(page, 1);
    await openSource(page, chip, phone);
    const panel = panelOf(page);
    await expect(panel).toHaveRole(phone ? "dialog" : "complementary");
    const cited = panel.locator("[data-cited]");
    await expect(cited).toContainText("The grace period of a rotated harbor key is 14 days.");
    await expect(cited).toBeInViewport();
    await expect(panel.getByText("Harbor keys", { exact: true }).first()).toBeVisible();
    await expect(panel.getByRole("heading", { name: "Revocation" })).toBeVisible();
    await expect(chip).toHaveAttribute("data-marked", "true");
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    await expectNoViolations(page, `${name}: source`);

    const position = (n: number) =>
      panel.getByText(new RegExp(text(`Source ${n} of [23]`, `来源 ${n} / [23]`)));
    await expect(position(1)).toBeVisible();
    await page.keyboard.press("]");
    await expect(position(2)).toBeVisible();
    await page.keyboard.press("k");
    await expect(position(1)).toBeVisible();
    await page.keyboard.press("j");
    await page.keyboard.press("Escape");
    await expect(panel).toHaveCount(0);
    await expect(chipOf(page, 2)).toBeFocused();

    await put(30);
    await openSource(page, chip, phone);
    await expect(panel.getByRole("status")).toContainText(
      text("The document has changed since the answer was made.", "生成回答之后，文档有了改动。"),
    );
    await expect(panel.locator("del")).toContainText("14");
    await expect(panel.locator("ins")).toContainText("30");
    await expect(cited).toContainText("is 30 days.");
    await expectNoViolations(page, `${name}: changed`);
    await panel.getByRole("button", { name: text("Close source", "关闭来源") }).click();
    await expect(chip).toBeFocused();

    await remove();
    await openSource(page, chip, phone);
    await expect(panel.getByRole("status")).toContainText(
      text("The document was deleted since the answer was made.", "生成回答之后，文档已被删除。"),
    );
    await expect(panel.getByText("The grace period of a rotated harbor key is 14 days.")).toBeVisible();
    await expectNoViolations(page, `${name}: deleted`);
  });
});

test("a PDF's source says the page on which it begins, and its document goes on at both ends", async ({
  scripted: { app, model },
  page,
}) => {
  const documents = createDocuments(createClient(app.url, "admin"));
  await documents.createBase("papers");
  const paragraphs = (n: number) =>
    `Paragraph ${n} of the harbor report. ${"Ships come and go. ".repeat(90)}`;
  const pages = Array.from({ length: 30 }, (_, n) =>
    n === 15 ? "The lighthouse keeper is called Zephirine and lives on page sixteen." : paragraphs(n),
  );
  const content = pages.flatMap((body) => [{ text: body, size: 12 }, "page" as const]);
  const { jobs } = await documents.send("papers", { "report.pdf": await samplePdf({ content }) });
  await documents.ended(jobs);
  model.script({ pieces: ["She is called Zephirine.[1]"] });
  const data = { message: "What is the lighthouse keeper Zephirine called?", kb_prefix: "papers" };
  const answer = await (await page.request.post(`${app.url}/api/chat`, { data })).text();
  await page.goto(`${app.url}/c/${/"session_id":"([^"]+)"/.exec(answer)?.[1]}`);
  await chipOf(page, 1).click();
  const panel = panelOf(page);
  await expect(panel.locator("[data-cited]")).toContainText("Zephirine");
  await expect(panel.getByText(/^Page 1[56]$/).first()).toBeVisible();
  const place = async () => (await panel.locator("[data-cited]").boundingBox())?.y ?? 0;
  const before = await place();
  await panel.getByRole("button", { name: "Show what comes before" }).evaluate((button) => {
    if (button instanceof HTMLElement) button.click();
  });
  await expect(panel.getByText("Page 1", { exact: true })).toBeAttached();
  expect(Math.abs((await place()) - before)).toBeLessThan(2);
  await expect(panel.getByRole("button", { name: "Show what comes before" })).toHaveCount(0);
});

test("beside the debug panel: it makes room on a narrow screen and comes back, on a wide one both fit", async ({
  app,
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openAsDeveloper(page, app.url);
  const data = { message: "How long is debug data kept?" };
  const answer = await (await page.request.post(`${app.url}/api/chat`, { data })).text();
  const requestId = /"request_id":"([^"]+)"/.exec(answer)?.[1];
  const sessionId = /"session_id":"([^"]+)"/.exec(answer)?.[1];
  await page.goto(`${app.url}/c/${sessionId}?debug=${requestId}&tab=retrieval`);
  const debug = page.locator("[data-debug-panel]");
  const panel = panelOf(page);
  await expect(debug).toBeVisible();
  const source = page.getByRole("region", { name: "Sources" }).getByRole("link").first();
  await source.click();
  await expect(panel).toBeVisible();
  await expect(debug).toBeHidden();
  await page.keyboard.press("Control+.");
  await expect(debug).toBeVisible();
  await expect(panel).toHaveCount(0);
  await source.click();
  await panel.getByRole("button", { name: "Show in debug" }).click();
  await expect(panel).toHaveCount(0);
  await expect(debug.getByRole("table").locator("[data-marked]")).toHaveCount(1);
  await page.setViewportSize({ width: 1680, height: 900 });
  await source.click();
  await expect(panel).toBeVisible();
  await expect(debug).toBeVisible();
  expect(await overflowOf(page)).toBeLessThanOrEqual(0);
});

test("a source can be read while the answer is being written, and only by its owner", async ({
  scripted: { app, model },
  page,
  browser,
}) => {
  model.script({
    pieces: ["An hour.[1] ", "More."],
    holdAt: { index: 1, until: new Promise<void>(() => {}) },
  });
  await page.goto(app.url);
  const composer = page.getByRole("textbox", { name: "Your question" });
  await composer.fill("How long is debug data kept?");
  await composer.press("Enter");
  await chipOf(page, 1).click();
  await expect(panelOf(page).locator("[data-cited]")).toBeInViewport();
  const requestId = await page.getByRole("article").getAttribute("data-answer");
  const stranger = await (await browser.newContext()).newPage();
  const refused = await stranger.request.get(`${app.url}/api/chat/${requestId}/sources/1`);
  expect(refused.status()).toBe(404);
  const unknown = await page.request.get(`${app.url}/api/chat/${requestId}/sources/99`);
  expect(unknown.status()).toBe(404);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^Stop/ }).click();
});
