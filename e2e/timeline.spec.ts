import { spawn } from "node:child_process";
import type { Locator, Page } from "@playwright/test";
import { sampleRecord } from "@/lib/run-view/run-record.fixture";
import type { AppServer } from "./support/app-server";
import { expect, test } from "./support/fixtures";
import { importRun } from "./support/imported-run";
import { askInPage, openAsDeveloper, untilAnswered } from "./support/page";

test.use({ viewport: { width: 760, height: 900 }, permissions: ["clipboard-read", "clipboard-write"] });

const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());
const row = (page: Page, name: RegExp | string) => page.getByRole("treeitem", { name });
const value = async (edge: Locator) => Number(await edge.getAttribute("aria-valuenow"));

/** A run with every kind of span, one of them failed, on a page of its own. */
async function openSample(app: AppServer, page: Page, search = ""): Promise<string> {
  const requestId = await importRun(app.url, sampleRecord());
  await openAsDeveloper(page, app.url);
  await page.goto(`${app.url}/debug/${requestId}${search}`);
  await page.getByRole("tab").first().waitFor();
  return requestId;
}

test("a window over the run is drawn, moved, resized and reset, by mouse and by key", async ({
  app,
  page,
}) => {
  await openSample(app, page);
  const [start, end] = [
    page.getByRole("slider", { name: "Start of the window" }),
    page.getByRole("slider", { name: "End of the window" }),
  ];
  expect([await value(start), await value(end)]).toEqual([0, 760]);
  const strip = await page.getByRole("group", { name: "Time window" }).boundingBox();
  if (!strip) throw new Error("no strip");
  const y = strip.y + 34;
  const drag = async (from: number, to: number) => {
    await page.mouse.move(strip.x + strip.width * from, y);
    await page.mouse.down();
    await page.mouse.move(strip.x + strip.width * ((from + to) / 2), y, { steps: 4 });
    await page.mouse.move(strip.x + strip.width * to, y, { steps: 4 });
    await page.mouse.up();
  };
  const total = Number(await end.getAttribute("aria-valuemax"));
  const at = (fraction: number) => Math.round(total * fraction);
  await drag(0.5, 0.8);
  expect(Math.abs((await value(start)) - at(0.5))).toBeLessThan(20);
  expect(Math.abs((await value(end)) - at(0.8))).toBeLessThan(20);
  await drag(0.6, 0.7);
  expect(Math.abs((await value(start)) - at(0.6))).toBeLessThan(20);
  expect(Math.abs((await value(end)) - at(0.9))).toBeLessThan(20);
  await end.focus();
  await page.keyboard.press("ArrowLeft");
  expect(Math.abs((await value(end)) - at(0.88))).toBeLessThan(20);
  await page.keyboard.press("Shift+ArrowLeft");
  expect(Math.abs((await value(start)) - at(0.58))).toBeLessThan(20);
  await page.keyboard.press("Home");
  expect((await value(end)) - (await value(start))).toBeLessThan(at(0.02));
  await page.keyboard.press("Enter");
  expect([await value(start), await value(end)]).toEqual([0, total]);
  await drag(0.2, 0.4);
  await page.mouse.dblclick(strip.x + strip.width * 0.8, y);
  expect([await value(start), await value(end)]).toEqual([0, total]);
});

test("spans are filtered by text, by kind and by failure; parents stay", async ({ app, page }) => {
  await openSample(app, page);
  const rows = page.getByRole("tree", { name: "Spans" }).getByRole("treeitem");
  const all = await rows.count();
  await page.getByRole("button", { name: "Errors only" }).click();
  await expect(row(page, /^graph_rank, retriever, 120 ms, Failed/)).toBeVisible();
  await expect(row(page, /^rag_chat/)).toBeVisible();
  await expect(row(page, /^build_context/)).toHaveCount(0);
  await page.getByRole("button", { name: "Errors only" }).click();
  await page.getByRole("group", { name: "Kinds" }).getByRole("button", { name: "retriever" }).click();
  await expect(row(page, /bm25_search/)).toHaveCount(0);
  await page.getByRole("group", { name: "Kinds" }).getByRole("button", { name: "retriever" }).click();
  await expect(rows).toHaveCount(all);
  await page.getByRole("textbox", { name: "Filter spans" }).fill("no such span");
  await expect(page.getByText("No span matches")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(rows).toHaveCount(all);
});

test("what was collapsed and filtered is kept over tabs and requests", async ({ app, page }) => {
  const first = await openSample(app, page);
  const second = await importRun(app.url, sampleRecord());
  await row(page, /^hybrid_agent/)
    .locator("[data-toggle]")
    .click();
  await expect(row(page, /^hybrid_agent/)).toHaveAttribute("aria-expanded", "false");
  await page.getByRole("tab", { name: "Log" }).click();
  await page.getByRole("tab", { name: "Timeline" }).click();
  await expect(row(page, /^hybrid_agent/)).toHaveAttribute("aria-expanded", "false");
  await page.evaluate((id) => window.history.replaceState(null, "", `/debug/${id}`), second);
  await expect(row(page, /^hybrid_agent/)).toHaveAttribute("aria-expanded", "true");
  await page.evaluate((id) => window.history.replaceState(null, "", `/debug/${id}`), first);
  await expect(row(page, /^hybrid_agent/)).toHaveAttribute("aria-expanded", "false");
});

test("the data of a span is searched from hit to hit, and its values and paths are copied", async ({
  app,
  page,
}) => {
  await openSample(app, page);
  await row(page, /^graph_agent/).click();
  await page.getByRole("button", { name: "Search in data" }).click();
  const field = page.getByRole("textbox", { name: "Search in data" });
  await field.fill("passage_id");
  const count = page.getByRole("status").filter({ hasText: "/" });
  await expect(count).toHaveText("1 / 3");
  await field.press("Enter");
  await expect(count).toHaveText("2 / 3");
  await field.press("Shift+Enter");
  await field.press("Shift+Enter");
  await expect(count).toHaveText("3 / 3");
  await field.fill("");
  const data = page.getByRole("tree", { name: "Output" });
  await data.getByRole("treeitem").first().focus();
  await page.keyboard.press("p");
  await expect.poll(() => clipboard(page)).toBe("results");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("p");
  await expect.poll(() => clipboard(page)).toBe("results[0]");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("c");
  await expect.poll(() => clipboard(page)).toBe("1");
});

test("a response over 64 KB is shown from its beginning and loaded when it is asked for", async ({
  scripted,
  page,
}) => {
  const { app, model } = scripted;
  model.script({ pieces: [`${"a long answer ".repeat(8000)} and THE END.`] });
  await openAsDeveloper(page, app.url);
  await askInPage(page, "Tell me all.");
  await untilAnswered(page);
  await page.keyboard.press("Control+.");
  await expect(page.getByText(/too long for the list of events/)).toBeVisible();
  const requestId = new URL(page.url()).searchParams.get("debug");
  const poll = await page.request.get(`${app.url}/api/debug/${requestId}`);
  expect((await poll.body()).length).toBeLessThan(4 * 64 * 1024 + 40_000);
  await page.getByRole("tab", { name: "Prompt" }).click();
  const panel = page.getByRole("dialog", { name: "Debug" });
  await panel.getByRole("button", { name: "Load all" }).click();
  await panel
    .getByRole("button", { name: /^… \+[\d,]+ tokens$/ })
    .last()
    .click();
  await expect(panel.getByText("THE END.")).toBeVisible();
  const path = `${app.url}/api/debug/${requestId}/payloads`;
  const other = await page.request.get(`${path}/00000000000000ff?part=response`);
  expect(other.status()).toBe(404);
  expect((await page.request.get(`${path}/00000000000000ff?part=all`)).status()).toBe(400);
  await page.request.delete(`${app.url}/api/me/roles`, { headers: { origin: app.url } });
  expect((await page.request.get(`${path}/00000000000000ff?part=response`)).status()).toBe(403);
});

test("the copied command makes the very call again in a shell", async ({ scripted, page }) => {
  const { app, model } = scripted;
  model.script({ pieces: ["Fine", " [1]."] });
  await openAsDeveloper(page, app.url);
  const question = `What's kept in "Redis"? $HOME \`id\` 密钥在哪里？`;
  await askInPage(page, question);
  await untilAnswered(page);
  const sent = model.requests.filter(({ stream }) => stream).at(-1);
  await page.keyboard.press("Control+.");
  await page.getByRole("tab", { name: "Prompt" }).click();
  await page.getByRole("button", { name: "Copy as cURL" }).click();
  await expect.poll(() => clipboard(page)).toContain("curl -N");
  const printed = await inShell(await clipboard(page), {
    OPENAI_API_KEY: "test-key",
    OPENAI_BASE_URL: model.url,
  });
  expect(printed).toContain("Fine");
  const again = model.requests.filter(({ stream }) => stream).at(-1);
  expect(again).not.toBe(sent);
  expect(again?.messages).toEqual(sent?.messages);
  expect(JSON.stringify(again?.messages)).toContain(JSON.stringify(question).slice(1, -1));
});

/** Runs a text as if it was pasted into bash. */
async function inShell(script: string, env: Record<string, string>): Promise<string> {
  const shell = spawn("bash", ["--norc", "-s"], { env: { ...process.env, ...env } });
  let printed = "";
  shell.stdout.on("data", (chunk: Buffer) => {
    printed += chunk.toString();
  });
  shell.stdin.end(`${script}\n`);
  await new Promise((resolve) => shell.once("close", resolve));
  return printed;
}

test("everything is reached and used without a mouse", async ({ app, page }) => {
  await openSample(app, page);
  await page.getByRole("tab", { name: "Timeline" }).focus();
  await page.keyboard.press("/");
  await expect(page.getByRole("textbox", { name: "Filter spans" })).toBeFocused();
  await page.keyboard.type("graph");
  await expect(row(page, /^build_context/)).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(row(page, /^build_context/)).toHaveCount(1);
  await page.keyboard.press("Escape");
  await page.keyboard.press("1");
  const stops: string[] = [];
  for (let step = 0; step < 20; step += 1) {
    await page.keyboard.press("Tab");
    const name = await page.evaluate(
      () => document.activeElement?.getAttribute("role") ?? document.activeElement?.tagName,
    );
    stops.push(name ?? "");
    if (name === "treeitem") break;
  }
  expect(stops.filter((name) => name === "slider")).toHaveLength(2);
  await expect(row(page, /^rag_chat/)).toBeFocused();
  await page.keyboard.press("j");
  await page.keyboard.press("ArrowDown");
  await expect(row(page, /^route_model/)).toBeFocused();
  await page.keyboard.press("k");
  await expect(row(page, /^route_decision/)).toBeFocused();
  await page.keyboard.press("End");
  await expect(row(page, /^llm_generation/)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("radio", { name: "Output" })).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByRole("radio", { name: "Input" })).toBeFocused();
  for (const [key, tab] of [
    ["2", "Retrieval"],
    ["3", "Prompt"],
    ["4", "Route"],
    ["5", "Log"],
  ] as const) {
    await page.keyboard.press(key);
    await expect(page.getByRole("tab", { name: tab })).toBeFocused();
  }
  await page.keyboard.press("/");
  await expect(page.getByRole("textbox", { name: "Search log" })).toBeFocused();
});
