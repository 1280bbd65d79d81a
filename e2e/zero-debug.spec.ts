import type { Page, Response } from "@playwright/test";
import { startApp } from "./support/app-server";
import { expect, test } from "./support/fixtures";
import { askInPage, openAsDeveloper, untilAnswered } from "./support/page";

const QUESTION = "How long is debug data kept?";

/** What only debug data has; a user's answer holds none of these keys anywhere. */
const DEBUG_KEYS =
  /"(?:debug|debug_url|spans|span_id|trace|trace_id|trace_state|route_decision|rag_plan|rag_runs|generations|execution_log|performance_metrics|fused_score|ranks|cost_usd|replay_of|overrides)"\s*:/;

interface Traffic {
  paths: string[];
  scripts: string[];
  posted: string[];
  /** Bodies of the API's answers, streams included, and the headers of all answers. */
  told: Promise<string>[];
  headers: string[];
}

/** Records everything that goes between page and server from now on. */
function recordTraffic(page: Page): Traffic {
  const traffic: Traffic = { paths: [], scripts: [], posted: [], told: [], headers: [] };
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    traffic.paths.push(pathname);
    if (request.resourceType() === "script") traffic.scripts.push(pathname);
    traffic.posted.push(request.postData() ?? "");
  });
  page.on("response", (response: Response) => {
    traffic.headers.push(...Object.keys(response.headers()));
    if (!new URL(response.url()).pathname.startsWith("/api/")) return;
    traffic.told.push(response.text().catch(() => ""));
  });
  return traffic;
}

/** Everything a user does with an answer. */
async function wholeSession(page: Page, traffic: Traffic) {
  await askInPage(page, QUESTION);
  await untilAnswered(page);
  await page.getByRole("button", { name: "Regenerate" }).click();
  await expect(page.getByText("2 / 2")).toBeVisible();
  await untilAnswered(page);
  await page.getByRole("button", { name: "Good answer" }).click();
  await page
    .getByRole("button", { name: /^Source 1/ })
    .first()
    .hover();
  await page.keyboard.press("Control+.");
  await page.waitForLoadState("networkidle");
  // A reload lets go of the bodies that came before it.
  await Promise.all(traffic.told);
  await page.reload();
  await untilAnswered(page);
  await page.goto(`${page.url()}?debug=0190b7a2-0000-7000-8000-000000000000&view=requests`);
  await untilAnswered(page);
  await page.waitForLoadState("networkidle");
}

async function expectNoDebug(traffic: Traffic, panelScripts: readonly string[]) {
  expect(traffic.paths.filter((path) => /^\/(api\/debug|api\/mcp|debug)\b/.test(path))).toEqual([]);
  expect(traffic.scripts.length).toBeGreaterThan(0);
  expect(traffic.scripts.filter((script) => panelScripts.includes(script))).toEqual([]);
  expect(traffic.posted.filter((body) => DEBUG_KEYS.test(body))).toEqual([]);
  expect(traffic.headers.filter((name) => name.startsWith("x-debug"))).toEqual([]);
  const told = await Promise.all(traffic.told);
  expect(told.some((body) => body.includes('"status":"done"'))).toBe(true);
  // What is recorded of them is something that users are told, in /api/me.
  const withoutNote = told.map((body) => body.replace(/"recording":\{[^}]*\}/, ""));
  expect(withoutNote.flatMap((body) => DEBUG_KEYS.exec(body)?.[0] ?? [])).toEqual([]);
}

/** The scripts that opening the panel, its list and its tabs loads. */
async function scriptsOfPanel(page: Page, url: string): Promise<string[]> {
  await openAsDeveloper(page, url);
  await askInPage(page, QUESTION);
  await untilAnswered(page);
  const traffic = recordTraffic(page);
  await page
    .getByRole("button", { name: /^Debug/ })
    .first()
    .click();
  await expect(page.getByRole("treeitem", { name: /rag_chat/ })).toBeVisible();
  await page.waitForLoadState("networkidle");
  expect(traffic.scripts.length).toBeGreaterThan(0);
  return traffic.scripts;
}

test("a user loads, asks and is sent nothing of the debug sidebar in a whole session", async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000);
  await using app = await startApp({ DEBUG_COLLECT: "all" });
  const developer = await browser.newContext();
  const panelScripts = await scriptsOfPanel(await developer.newPage(), app.url);
  const traffic = recordTraffic(page);
  await page.goto(app.url);
  await wholeSession(page, traffic);
  await expect(page.locator("[data-debug-panel], [data-debug-toggle], [data-debug-for]")).toHaveCount(0);
  await expectNoDebug(traffic, panelScripts);
  await developer.close();
});

test("a developer who gives the role back is a user from then on", async ({ app, page }) => {
  test.setTimeout(120_000);
  const panelScripts = await scriptsOfPanel(page, app.url);
  expect(await page.evaluate(async () => (await fetch("/api/me/roles", { method: "DELETE" })).status)).toBe(
    204,
  );
  await page.goto("about:blank");
  const after = await page.context().newPage();
  const traffic = recordTraffic(after);
  await after.goto(app.url);
  await wholeSession(after, traffic);
  await expectNoDebug(traffic, panelScripts);
});
