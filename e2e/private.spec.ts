import { type AppServer, startApp } from "./support/app-server";
import { createClient } from "./support/ask";
import { expectNoViolations } from "./support/axe";
import { test as base, expect } from "./support/fixtures";
import { type OtlpReceiver, startOtlpReceiver } from "./support/otlp-receiver";
import { askInPage, openAsDeveloper, overflowOf, untilAnswered } from "./support/page";
import { contextOf, VIEWS } from "./support/screens";

/** An app that records all it may: for every user, and in Langfuse. */
const test = base.extend<object, { recording: { app: AppServer; receiver: OtlpReceiver } }>({
  recording: [
    // biome-ignore lint/correctness/noEmptyPattern: a fixture without others
    async ({}, use) => {
      const receiver = await startOtlpReceiver();
      await using app = await startApp({
        DEBUG_COLLECT: "all",
        LANGFUSE_ENABLED: "true",
        LANGFUSE_HOST: receiver.url,
        LANGFUSE_PUBLIC_KEY: receiver.publicKey,
        LANGFUSE_SECRET_KEY: receiver.secretKey,
        LOG_LEVEL: "debug",
      });
      await use({ app, receiver });
      await receiver.close();
    },
    { scope: "worker" },
  ],
});

for (const view of VIEWS) {
  test.describe(view.name, () => {
    test.use(contextOf(view));
    const { text, name } = view;
    const label = text("Private chat", "隐私对话");
    const note = text(
      "Private: nothing of this chat is recorded for developers or in Langfuse.",
      "隐私对话：不会记录给开发者，也不会保存到 Langfuse。",
    );

    test("a private chat says so, and nothing of it is recorded", async ({
      recording: { app, receiver },
      page,
    }) => {
      const secret = `zephirine-${view.width}-${view.language}`;
      await page.goto(app.url);
      const host = new URL(receiver.url).host;
      await expect(page.getByText(text(`in Langfuse (${host})`, `Langfuse（${host}）`))).toBeVisible();
      await expectNoViolations(page, `${name}: recorded`);
      await page.getByRole("button", { name: label }).click();
      await expect(page.getByRole("button", { name: label })).toHaveAttribute("aria-pressed", "true");
      await expect(page.getByText(note)).toBeVisible();
      await expect(page.getByText(text("in Langfuse (", "Langfuse（"))).toHaveCount(0);
      await expectNoViolations(page, `${name}: private`);
      await askInPage(page, `How long is debug data of ${secret} kept?`);
      await untilAnswered(page);
      await page.getByRole("button", { name: text("Good answer", "回答有用") }).click();
      await expect(
        page.locator("main header").getByText(text("Private", "隐私"), { exact: true }),
      ).toBeVisible();
      await page.reload();
      await expect(page.getByText(note)).toBeVisible();
      await expect(page.getByRole("button", { name: label })).toHaveCount(0);
      await askInPage(page, `And the log of ${secret}?`);
      await expect(page.getByRole("article")).toHaveCount(2);
      await untilAnswered(page);
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      await expectNoViolations(page, `${name}: private answer`);

      const runs = await (await createClient(app.url).fetch(`/api/debug?q=${secret}`)).json();
      expect(runs.items).toEqual([]);
      const openly = await createClient(app.url, "user").answer({ message: "How long are chats kept?" });
      const trace = openly.requestId.replaceAll("-", "");
      await expect.poll(() => receiver.trace(trace)?.name, { timeout: 20_000 }).toBe("rag_chat");
      expect(JSON.stringify(receiver.traces())).not.toContain(secret);
      const scored = new Set([...receiver.scores().values()].map((score) => score.traceId));
      expect(receiver.traces().map(({ id }) => id)).toEqual(expect.arrayContaining([...scored]));
      expect(app.output()).not.toContain(secret);
    });
  });
}

test("a developer's private chat has no panel and no Debug button; an open one beside it has", async ({
  recording: { app },
  page,
}) => {
  await openAsDeveloper(page, app.url);
  await page.getByRole("button", { name: "Private chat" }).click();
  await expect(page.getByRole("button", { name: /^Debug/ })).toHaveCount(0);
  await askInPage(page, "How long is debug data kept?");
  await untilAnswered(page);
  await expect(page.getByRole("button", { name: /^Debug/ })).toHaveCount(0);
  await page.keyboard.press("Control+.");
  await expect(page.locator("[data-debug-panel]")).toHaveCount(0);
  await page
    .getByRole("button", { name: /^New chat/ })
    .first()
    .click();
  await expect(page.getByRole("button", { name: /^Debug/ }).first()).toBeVisible();
});
