import type { Page } from "@playwright/test";
import { insightsSchema } from "@/lib/domain/insights";
import { runListPageSchema } from "@/lib/domain/run-list";
import { startApp } from "./support/app-server";
import { type Client, createClient } from "./support/ask";
import { expectNoViolations } from "./support/axe";
import { expect, test } from "./support/fixtures";
import { type OtlpReceiver, startOtlpReceiver } from "./support/otlp-receiver";
import { askInPage, openAsDeveloper, overflowOf, untilAnswered } from "./support/page";

const QUESTION = { message: "How long is debug data kept?", kb_prefix: "sidetrace" };
const AWAY = { kind: "status", status: 503 } as const;

test.describe.configure({ timeout: 120_000 });

function connected(receiver: OtlpReceiver, settings: Record<string, string> = {}) {
  const keys = { LANGFUSE_PUBLIC_KEY: receiver.publicKey, LANGFUSE_SECRET_KEY: receiver.secretKey };
  const server = { LANGFUSE_ENABLED: "true", LANGFUSE_HOST: receiver.url, ...keys };
  return startApp({ ...server, LANGFUSE_PUBLIC_URL: "https://langfuse.example", ...settings });
}

/** Asks, and waits until Langfuse has the trace. */
async function askTraced(
  client: Client,
  receiver: OtlpReceiver,
  message = QUESTION.message,
): Promise<string> {
  const { requestId } = await client.answer({ ...QUESTION, message });
  const id = requestId.replaceAll("-", "");
  await expect.poll(() => receiver.trace(id)?.name, { timeout: 20_000 }).toBe("rag_chat");
  return requestId;
}

const json = async (client: Client, path: string) => (await client.fetch(path)).json();

for (const version of ["3.120.0", "4.16.0"]) {
  test(`a request that has expired is in the sidebar again, from Langfuse ${version}`, async ({ page }) => {
    const receiver = await startOtlpReceiver({ version });
    await using app = await connected(receiver, { DEBUG_TTL_SECONDS: "2" });
    const client = createClient(app.url);
    const requestId = await askTraced(client, receiver);
    // The page takes a young request that is not stored for one that is just beginning.
    await expect
      .poll(async () => (await client.fetch(`/api/debug/${requestId}`)).status, { timeout: 30_000 })
      .toBe(404);
    await expect
      .poll(async () => (await json(client, `/api/debug/${requestId}`)).source, { timeout: 30_000 })
      .toBe("langfuse");
    await openAsDeveloper(page, app.url);
    await page.goto(`${app.url}/debug/${requestId}`);
    await expect(page.getByText("Expired after 1 h: loaded from Langfuse")).toBeVisible();
    await expect(page.getByRole("link", { name: /Open in Langfuse/ })).toHaveAttribute(
      "href",
      `https://langfuse.example/project/project-1/traces/${requestId.replaceAll("-", "")}`,
    );
    await page.getByRole("tab", { name: /Retrieval/ }).click();
    await expect(page.getByText(/hybrid_agent/).first()).toBeVisible();
    await expectNoViolations(page, "a request from Langfuse");
    await receiver.close();
  });

  test(`older requests are found in Langfuse ${version}`, async () => {
    const receiver = await startOtlpReceiver({ version });
    await using app = await connected(receiver);
    const client = createClient(app.url);
    const first = await askTraced(client, receiver, "How are roles given?");
    const second = await askTraced(client, receiver);
    const list = async (query: string) =>
      runListPageSchema.parse(await json(client, `/api/debug?source=langfuse${query}`)).items;
    expect((await list("")).map(({ request_id }) => request_id)).toEqual([second, first]);
    const [found, ...others] = await list("&q=ROLES");
    expect(found).toMatchObject({ request_id: first, status: "success", kb_prefix: "sidetrace" });
    expect(others).toEqual([]);
    expect((await client.fetch("/api/debug?source=langfuse&sort=cost")).status).toBe(400);
    await receiver.close();
  });
}

test("a request that was deleted stays deleted, and nobody without the role hears of Langfuse", async () => {
  const receiver = await startOtlpReceiver();
  await using app = await connected(receiver);
  const client = createClient(app.url);
  const requestId = await askTraced(client, receiver);
  expect((await client.fetch(`/api/debug/${requestId}`, { method: "DELETE" })).status).toBe(204);
  expect((await client.fetch(`/api/debug/${requestId}`)).status).toBe(404);
  const before = receiver.requests().length;
  for (const path of [`/api/debug/${requestId}`, `/api/debug/${requestId}/dataset`, "/api/insights"]) {
    expect((await fetch(`${app.url}${path}`)).status).toBe(403);
  }
  expect(receiver.requests().length).toBe(before);
  await receiver.close();
});

/** The sidebar of an answer, as a developer has it. */
async function openPanel(page: Page, url: string): Promise<void> {
  await openAsDeveloper(page, url);
  await askInPage(page, QUESTION.message);
  await untilAnswered(page);
  await page
    .getByRole("button", { name: /^Debug/ })
    .last()
    .click();
}

async function openDialog(page: Page) {
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Add to dataset…" }).click();
  return page.getByRole("dialog", { name: "Add to a Langfuse dataset" });
}

for (const [device, viewport] of Object.entries({
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
})) {
  test.describe(device, () => {
    test.use({ viewport, hasTouch: device === "phone" });

    test("a turn becomes an item of a dataset", async ({ page }) => {
      const receiver = await startOtlpReceiver();
      await using app = await connected(receiver);
      await openPanel(page, app.url);
      const dialog = await openDialog(page);
      await dialog.getByLabel("Name of the new dataset").fill("leave questions");
      await expectNoViolations(page, "the dataset dialog");
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      const expected = dialog.getByLabel("Expected answer");
      await expect(expected).not.toBeEmpty();
      await expected.fill("An hour. Ask ada@example.com.");
      await dialog.getByRole("button", { name: "Add", exact: true }).click();
      await expect(dialog.getByText("Added to leave questions.")).toBeVisible();
      const link = dialog.getByRole("link", { name: "Show in Langfuse" });
      await expect(link).toHaveAttribute("href", /\/project\/project-1\/datasets\/dataset-1\/items\//);
      const [item] = [...receiver.datasets().items.values()];
      expect(item).toMatchObject({
        datasetName: "leave questions",
        input: { message: QUESTION.message },
        expectedOutput: "An hour. Ask •••.",
      });
      await dialog.getByRole("button", { name: "Done" }).click();
      await receiver.close();
    });
  });
}

test("a dataset that cannot be reached says why, and can be tried again", async ({ page }) => {
  const receiver = await startOtlpReceiver();
  await using app = await connected(receiver);
  await openPanel(page, app.url);
  receiver.setFault(AWAY, "all");
  const dialog = await openDialog(page);
  await expect(dialog.getByRole("alert")).toContainText("Langfuse failed on its side (503).");
  receiver.setFault(null);
  await dialog.getByRole("button", { name: "Try again" }).click();
  await expect(dialog.getByLabel("Expected answer")).toBeVisible();
  await receiver.close();
});

test("without Langfuse there is neither a dataset nor an older request to ask for", async ({ app, page }) => {
  await openPanel(page, app.url);
  await page.getByRole("button", { name: "More" }).click();
  await expect(page.getByRole("menuitem", { name: "Import…" })).toBeVisible();
  await expect(page.getByRole("menuitem", { name: "Add to dataset…" })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "All requests" }).click();
  await expect(page.getByRole("listbox", { name: "Requests" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Search in Langfuse" })).toHaveCount(0);
  const client = createClient(app.url);
  expect((await client.fetch("/api/debug?source=langfuse")).status).toBe(503);
});

test("the list goes on in Langfuse where the store ends", async ({ page }) => {
  const receiver = await startOtlpReceiver();
  await using app = await connected(receiver);
  const client = createClient(app.url);
  const requestId = await askTraced(client, receiver);
  await openAsDeveloper(page, app.url);
  await page.goto(`${app.url}/debug/${requestId}?view=requests`);
  await page.getByRole("button", { name: "Search in Langfuse" }).click();
  await expect(page.getByText("Requests in Langfuse, the newest first.")).toBeVisible();
  await expect(page.getByRole("option")).toHaveCount(1);
  await expectNoViolations(page, "requests in Langfuse");
  await page.getByRole("textbox", { name: "Search questions and answers" }).fill("nothing like it");
  await expect(page.getByText("No request found in Langfuse")).toBeVisible();
  await receiver.close();
});

test.describe("insights", () => {
  for (const width of [320, 1440]) {
    test(`show the figures at ${width} px, light and dark, in both languages`, async ({ page }) => {
      const receiver = await startOtlpReceiver();
      await using app = await connected(receiver);
      const client = createClient(app.url);
      await askTraced(client, receiver);
      await page.setViewportSize({ width, height: 900 });
      await openAsDeveloper(page, app.url);
      await page.goto(`${app.url}/insights`);
      await expect(page.getByText("All traced requests, added up by Langfuse.")).toBeVisible();
      await expect(page.getByRole("table", { name: "Models" })).toBeVisible();
      await expect(page.getByRole("table", { name: "Routes" })).toContainText("sidetrace:auto");
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      await expectNoViolations(page, "insights, light");
      await page.emulateMedia({ colorScheme: "dark" });
      await expectNoViolations(page, "insights, dark");
      await page.getByText("中文", { exact: true }).click();
      await expect(page.getByRole("heading", { name: "统计" })).toBeVisible();
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      await receiver.close();
    });
  }

  test("are those of the debug store without Langfuse", async ({ app }) => {
    const client = createClient(app.url);
    await client.answer(QUESTION);
    const insights = insightsSchema.parse(await json(client, "/api/insights?since=7d"));
    expect(insights).toMatchObject({ source: "store", fallback_reason: null, errors: 0 });
    expect(insights.requests).toBeGreaterThan(0);
    expect(insights.to - insights.from).toBe(3_600_000);
    expect((await client.fetch("/api/insights?since=week")).status).toBe(400);
  });
});

test("the managed prompt answers, and its generation names it", async () => {
  const receiver = await startOtlpReceiver();
  const keys = Buffer.from(`${receiver.publicKey}:${receiver.secretKey}`).toString("base64");
  const prompt = "Answer from {{kb_prefix}} with [n] behind each statement.";
  await fetch(`${receiver.url}/api/public/v2/prompts`, {
    method: "POST",
    headers: { authorization: `Basic ${keys}` },
    body: JSON.stringify({ name: "rag_answer", type: "text", prompt, labels: ["production"] }),
  });
  await using app = await connected(receiver, { LANGFUSE_PROMPTS: "true" });
  const client = createClient(app.url);
  await expect
    .poll(() => receiver.requests().some((line) => line.includes("/v2/prompts/rag_answer")))
    .toBe(true);
  const requestId = await askTraced(client, receiver);
  const generation = receiver
    .trace(requestId.replaceAll("-", ""))
    ?.observations.find(({ name }) => name === "llm_generation");
  expect(generation?.prompt).toEqual({ name: "rag_answer", version: 1 });
  expect(generation?.input).toContain("Answer from sidetrace with [n]");
  await receiver.close();
});
