import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { startApp } from "./support/app-server";
import { type Client, createClient } from "./support/ask";
import { expectNoViolations } from "./support/axe";
import { expect, test } from "./support/fixtures";
import { askInPage, openAsDeveloper, untilAnswered } from "./support/page";

const QUESTION = "How long is debug data kept?";
const TABS = [/Timeline/, /Retrieval/, /Prompt/, /Route/, /Log/];

async function openRun(page: Page, url: string) {
  await openAsDeveloper(page, url);
  await askInPage(page, QUESTION);
  await untilAnswered(page);
  await page
    .getByRole("button", { name: /^Debug/ })
    .first()
    .click();
  await expect(page.getByRole("treeitem", { name: /rag_chat, request, .*OK/ })).toBeVisible();
}

const openList = async (page: Page, url: string) => {
  await openAsDeveloper(page, url);
  await page
    .getByRole("button", { name: /^(Debug|调试)/ })
    .first()
    .click();
  await page.getByRole("button", { name: /^(All requests|全部请求)$/ }).click();
};

async function choose(page: Page, content: string | Buffer) {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: /^(Import…|导入…)$/ }).click();
  const buffer = Buffer.from(content);
  await (await chooser).setFiles({ name: "run.json", mimeType: "application/json", buffer });
}

async function recordOf(client: Client): Promise<Record<string, unknown>> {
  const { requestId } = await client.answer({ message: QUESTION });
  return (await client.fetch(`/api/debug/${requestId}?view=record`)).json();
}

const post = (client: Client, body: string, headers: Record<string, string> = {}) =>
  client.fetch("/api/debug/import", {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });

test("an exported run opens in another installation, read-only and without any other server", async ({
  app,
  page,
  browser,
}) => {
  await openRun(page, app.url);
  await page.getByRole("button", { name: "More actions" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "Export JSON" }).click();
  const file = await (await download).path();
  const exported = JSON.parse(await readFile(file, "utf8"));
  expect(exported).toMatchObject({ v: 1, message: QUESTION, status: "success" });

  await using elsewhere = await startApp();
  const context = await browser.newContext();
  const other = await context.newPage();
  const foreign: string[] = [];
  other.on("request", (request) => {
    if (!request.url().startsWith(elsewhere.url)) foreign.push(request.url());
  });
  await openList(other, elsewhere.url);
  await choose(other, await readFile(file));
  await expect(other.getByText("Imported from a file: read-only")).toBeVisible();
  await expect(other).toHaveURL(/debug=import-/);
  for (const name of TABS) {
    await other.getByRole("tab", { name }).click();
    await expect(other.getByRole("tabpanel")).not.toBeEmpty();
  }
  await expect(other.getByText(/3 agents in parallel/)).toBeVisible();
  await expectNoViolations(other, "imported");
  expect(foreign.filter((url) => !url.startsWith("data:") && !url.startsWith("blob:"))).toEqual([]);
  await context.close();
});

test("a file can be dropped on the panel, and one that is no run is refused in a sentence", async ({
  app,
  page,
}) => {
  const record = await recordOf(createClient(app.url));
  await openRun(page, app.url);
  const drop = async (content: string) => {
    const data = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], "run.json", { type: "application/json" }));
      return transfer;
    }, content);
    const panel = page.getByRole("complementary", { name: "Debug" });
    await panel.dispatchEvent("dragover", { dataTransfer: data });
    await expect(page.getByText("Drop an exported run to import it")).toBeVisible();
    await panel.dispatchEvent("drop", { dataTransfer: data });
  };
  const problems: [string, string][] = [
    ['{"v": 1,', "This file is not complete JSON."],
    ["{}", "This file is not an exported run."],
    [JSON.stringify({ ...record, v: 2 }), "This file was made by a later version of Sidetrace."],
    [JSON.stringify({ ...record, spans: 7 }), "spans:"],
    [JSON.stringify({ ...record, status: "running" }), "had not ended"],
  ];
  for (const [content, sentence] of problems) {
    await drop(content);
    await expect(page.getByRole("alert").filter({ hasText: sentence })).toBeVisible();
  }
  await drop(JSON.stringify(record));
  await expect(page.getByText("Imported from a file: read-only")).toBeVisible();
  await expect(page.getByRole("alert").filter({ hasText: "file" })).toHaveCount(0);
});

test("what a hostile file holds stays text", async ({ app, page }) => {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("dialog", (dialog) => void dialog.dismiss().then(() => faults.push("dialog")));
  const text = JSON.stringify(await recordOf(createClient(app.url)));
  const evil = "<img src=x onerror=alert(1)><script>alert(2)</script>";
  const record = JSON.parse(text.replaceAll(/debug data/gi, JSON.stringify(evil).slice(1, -1)));
  record.spans[0].attributes = JSON.parse('{"__proto__": {"x": 1}, "constructor": "y"}');
  record.spans[1].duration_ms = 1e300;
  await openList(page, app.url);
  await choose(page, JSON.stringify(record));
  await expect(page.getByText("Imported from a file: read-only")).toBeVisible();
  for (const name of TABS) await page.getByRole("tab", { name }).click();
  await page.getByRole("tab", { name: /Prompt/ }).click();
  await expect(page.getByText("<script>alert(2)</script>").first()).toBeVisible();
  expect(await page.locator("img[src=x]").count()).toBe(0);
  expect(faults).toEqual([]);
});

test("a bug report is copied as Markdown", async ({ app, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openRun(page, app.url);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Copy as bug report" }).click();
  await expect(page.getByRole("menuitem", { name: "Report copied" })).toBeVisible();
  const report = await page.evaluate(() => navigator.clipboard.readText());
  for (const part of [
    "# Sidetrace run `",
    QUESTION,
    "| naive_rag_agent | 8 |",
    "Made by: Sidetrace `",
    "None.",
  ])
    expect(report).toContain(part);
});

test("the route refuses what is too large, of another kind, or not for the caller", async ({ app }) => {
  const client = createClient(app.url);
  const record = await recordOf(client);
  const tooLarge = await post(client, JSON.stringify({ ...record, answer: "x".repeat(10_000_000) }));
  expect([tooLarge.status, (await tooLarge.json()).error.code]).toEqual([413, "payload_too_large"]);
  expect((await post(client, "{}", { "content-type": "text/plain" })).status).toBe(415);
  expect((await post(client, "[".repeat(100_000) + "]".repeat(100_000))).status).toBe(400);
  expect((await post(client, JSON.stringify(record), { origin: "http://elsewhere.test" })).status).toBe(403);
  expect((await post(createClient(app.url, "user"), "not even JSON")).status).toBe(403);
  const schema = await client.fetch("/api/debug/schema");
  expect(await schema.json()).toEqual(JSON.parse(await readFile("docs/run-record.schema.json", "utf8")));
  expect((await createClient(app.url, "user").fetch("/api/debug/schema")).status).toBe(403);
});

test.describe("in Chinese on a phone", () => {
  test.use({ locale: "zh-CN", viewport: { width: 390, height: 844 } });

  test("problems and banner are translated", async ({ app, page }) => {
    await openList(page, app.url);
    await choose(page, "not JSON");
    await expect(page.getByText("该文件不是完整的 JSON。")).toBeVisible();
    await expectNoViolations(page, "problem");
    await choose(page, JSON.stringify(await recordOf(createClient(app.url))));
    await expect(page.getByText("由文件导入：只读")).toBeVisible();
    await expectNoViolations(page, "imported");
  });
});
