import { readFile } from "node:fs/promises";
import { createClient } from "./support/ask";
import { expectNoViolations } from "./support/axe";
import { expect, test } from "./support/fixtures";
import { askInPage, overflowOf, untilAnswered } from "./support/page";
import { chooseForChat, describeViews, openNav } from "./support/views";

const QUESTION = "What does the debug sidebar show?";
const OTHER = "Something else entirely?";

describeViews("conversations", ({ t, width }) => {
  test("they are found by their texts, with the hit marked and what stands around it", async ({
    scripted: { app, model },
    page,
  }) => {
    model.script({ pieces: ["Here the word quixotic stands in an answer."] });
    await page.goto(app.url);
    await askInPage(page, QUESTION);
    await untilAnswered(page);
    await page.keyboard.press("Control+k");
    const search = page.getByRole("combobox", { name: t.nav.search });
    await search.fill("QUIXOTIC");
    const result = page.getByRole("option");
    await expect(result).toHaveCount(1);
    await expect(result.locator("mark")).toHaveText("quixotic");
    await expect(result).toContainText("Here the word quixotic stands");
    await expectNoViolations(page, "search");
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    await search.press("Enter");
    await expect(page.getByText("Here the word quixotic")).toBeVisible();
  });

  test("one that is exported can be imported, and a file that is none is refused with a sentence", async ({
    scripted: { app, model },
    page,
  }) => {
    model.script({ pieces: ["An answer worth keeping."] });
    await page.goto(app.url);
    await askInPage(page, QUESTION);
    await untilAnswered(page);
    const downloading = page.waitForEvent("download");
    await chooseForChat(page, t, QUESTION, t.nav.exportJson);
    const path = await (await downloading).path();
    const original = page.url();
    await page.keyboard.press("Escape");
    await openNav(page, t);
    const input = page.locator('input[type="file"][accept*="json"]').locator("visible=false").last();
    await input.setInputFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from("{}") });
    await expect(
      page.getByRole("alert").filter({ hasText: /that Sidetrace exported|导出的对话/ }),
    ).toBeVisible();
    await expectNoViolations(page, "refused import");
    const buffer = await readFile(path);
    await input.setInputFiles({ name: "chat.json", mimeType: "application/json", buffer });
    await expect(page).not.toHaveURL(original);
    await expect(page.getByText("An answer worth keeping.")).toBeVisible();
    await page.reload();
    await expect(page.getByText("An answer worth keeping.")).toBeVisible();
  });

  test("one that is shared can be read by whoever has the link, as it was, until it is revoked", async ({
    scripted: { app, model },
    page,
    browser,
  }) => {
    model.script({ pieces: ["Shared words."] });
    await page.goto(app.url);
    await askInPage(page, QUESTION);
    await untilAnswered(page);
    await chooseForChat(page, t, QUESTION, t.share.menu);
    const dialog = page.getByRole("dialog", { name: t.share.title });
    await dialog.getByRole("button", { name: t.share.create }).click();
    const field = dialog.getByRole("textbox", { name: t.share.link });
    await expect(field).toHaveValue(/\/share\/[\w-]{24}$/);
    await expectNoViolations(page, "share dialog");
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    const link = await field.inputValue();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    model.script({ pieces: ["Private words."] });
    await askInPage(page, OTHER);
    await untilAnswered(page);
    const stranger = await browser.newContext({ viewport: { width, height: 800 } });
    const reader = await stranger.newPage();
    await reader.goto(link);
    await expect(reader.getByText("Shared words.")).toBeVisible();
    await expect(reader.getByRole("heading", { name: QUESTION }).last()).toBeVisible();
    await expect(reader.getByText("Private words.")).toHaveCount(0);
    await expect(reader.getByRole("textbox")).toHaveCount(0);
    await expect(reader.getByRole("button")).toHaveCount(0);
    await expect(reader.locator('meta[name="robots"]')).toHaveAttribute("content", /noindex/);
    await expectNoViolations(reader, "shared page");
    expect(await overflowOf(reader)).toBeLessThanOrEqual(0);
    await chooseForChat(page, t, QUESTION, t.share.menu);
    await dialog.getByRole("button", { name: t.share.revoke }).click();
    await expect(field).toHaveCount(0);
    const after = await reader.reload();
    expect(after?.status()).toBe(404);
    await expectNoViolations(reader, "revoked");
    await stranger.close();
  });

  test("two tabs show the same: what is asked, renamed or deleted in one is so in the other", async ({
    scripted: { app, model },
    page,
    context,
  }) => {
    model.script({ pieces: ["Seen in both tabs."] });
    await page.goto(app.url);
    await askInPage(page, QUESTION);
    await untilAnswered(page);
    const other = await context.newPage();
    await other.goto(page.url());
    await expect(other.getByText("Seen in both tabs.")).toBeVisible();
    model.script({ pieces: ["A second answer."] });
    await askInPage(page, OTHER);
    await untilAnswered(page);
    await expect(other.getByText("A second answer.")).toBeVisible();
    await chooseForChat(page, t, QUESTION, t.nav.rename);
    const field = page.getByRole("textbox", { name: t.nav.renameLabel });
    await field.fill("Renamed here");
    await field.press("Enter");
    await openNav(other, t);
    await expect(other.getByRole("link", { name: "Renamed here" })).toBeVisible();
    await chooseForChat(page, t, "Renamed here", t.nav.delete);
    // Not before it can no longer be undone.
    await expect(other.getByRole("link", { name: "Renamed here" })).toHaveCount(0, { timeout: 15_000 });
  });
});

test("a model names a conversation after its first answer, and the call is in the record", async ({
  scripted: { app, model },
  page,
}) => {
  const whole = () => JSON.stringify({ title: "Sidebar contents" });
  model.script({ pieces: ["It shows the run."], whole });
  await page.setViewportSize({ width: 1440, height: 800 });
  await page.goto(app.url);
  await askInPage(page, QUESTION);
  await untilAnswered(page);
  await page.reload();
  await expect(page.getByRole("link", { name: "Sidebar contents" })).toBeVisible();
  const client = createClient(app.url);
  const { requestId } = await client.answer({ message: QUESTION, kb_prefix: "sidetrace" });
  const purposes = async () => {
    const record = await (await client.fetch(`/api/debug/${requestId}?view=record`)).json();
    return record.generations.map(({ purpose }: { purpose: string }) => purpose);
  };
  await expect.poll(purposes).toEqual(["answer", "title"]);
  model.script({ pieces: ["Hello."] });
});

test("the list goes on as it is scrolled", async ({ app, page }) => {
  test.setTimeout(120_000);
  await page.setViewportSize({ width: 1440, height: 700 });
  await page.goto(app.url);
  await askInPage(page, "hi");
  await untilAnswered(page);
  const id = page.url().split("/c/")[1];
  const data = await (await page.request.get(`${app.url}/api/sessions/${id}/export?format=json`)).json();
  for (let n = 0; n < 90; n += 1) {
    expect((await page.request.post(`${app.url}/api/sessions/import`, { data })).status()).toBe(201);
  }
  await page.reload();
  const rows = page.locator("[data-conversation]");
  await expect(rows.first()).toBeVisible();
  await page.locator("[data-conversations]").hover();
  await expect(async () => {
    await page.mouse.wheel(0, 4_000);
    expect(await rows.count()).toBe(91);
  }).toPass({ timeout: 20_000 });
});
