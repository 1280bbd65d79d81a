import { expectNoViolations } from "./support/axe";
import { expect, test } from "./support/fixtures";
import { askInPage, overflowOf, untilAnswered } from "./support/page";
import { chooseForChat, describeViews } from "./support/views";

const NOTES = "# Airfield notes\n\nThe zeppelin Hildegard lands at noon on gate seven.\n";
const QUESTION = "When does the zeppelin Hildegard land?";

describeViews("files of a chat", ({ t }) => {
  test("a file is read, answers its own chat alone, and goes with it", async ({ app, page, browser }) => {
    await page.goto(app.url);
    await page
      .locator('input[type="file"][multiple]')
      .setInputFiles({ name: "airfield.md", mimeType: "text/markdown", buffer: Buffer.from(NOTES) });
    const files = page.getByRole("list", { name: t.attachments.label });
    await expect(files.getByText("airfield.md")).toBeVisible();
    await expect(files.getByText(/^1 /)).toBeVisible();
    await expectNoViolations(page, "attached");
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    const answer = await askInPage(page, QUESTION);
    await untilAnswered(page);
    await expect(answer).toContainText("lands at noon");
    const source = answer.getByRole("link", { name: /Airfield notes/ }).first();
    const address = (await source.getAttribute("href")) ?? "";
    await source.click();
    const panel = page.locator("[data-source-panel]");
    await expect(panel.getByText("lands at noon on gate seven")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(panel).toHaveCount(0);
    const stranger = await browser.newContext();
    expect((await stranger.request.get(`${app.url}${address}`)).status()).toBe(404);
    const passage = address.split("#")[1] ?? "";
    expect((await stranger.request.get(`${app.url}/api/passages/${passage}`)).status()).toBe(404);
    expect((await page.request.get(`${app.url}/api/passages/${passage}`)).status()).toBe(200);
    const bases = await (await stranger.request.get(`${app.url}/api/knowledge-bases`)).text();
    expect(bases).not.toContain("@");
    await stranger.close();
    await page.reload();
    await expect(files.getByText("airfield.md")).toBeVisible();
    await page.keyboard.press("Control+Shift+o");
    await expect(files).toHaveCount(0);
    const elsewhere = await askInPage(page, QUESTION);
    await untilAnswered(page);
    await expect(elsewhere).not.toContainText("lands at noon");
    await page.goBack();
    await expect(files.getByText("airfield.md")).toBeVisible();
    await page.getByRole("button", { name: t.attachments.remove.replace("{name}", "airfield.md") }).click();
    await expect(files).toHaveCount(0);
    await expect
      .poll(async () => (await page.request.get(`${app.url}/api/passages/${passage}`)).status())
      .toBe(404);
  });

  test("what cannot be read says so, and long text that is pasted becomes a file", async ({ app, page }) => {
    await page.goto(app.url);
    const input = page.locator('input[type="file"][multiple]');
    await input.setInputFiles({
      name: "tool.exe",
      mimeType: "application/octet-stream",
      buffer: Buffer.from("MZ"),
    });
    await expect(page.getByRole("alert").filter({ hasText: "tool.exe" })).toBeVisible();
    await input.setInputFiles({
      name: "broken.pdf",
      mimeType: "application/pdf",
      buffer: Buffer.from("no pdf"),
    });
    const files = page.getByRole("list", { name: t.attachments.label });
    const broken = files.getByRole("listitem").filter({ hasText: "broken.pdf" });
    await expect(broken).toContainText(/[a-z]{3}/);
    await expect(broken.locator(".animate-spin")).toHaveCount(0);
    await expectNoViolations(page, "failed");
    await broken.getByRole("button").click();
    await expect(files).toHaveCount(0);
    const composer = page.getByRole("textbox", { name: t.composer.label });
    const long = "Balloons rise when they are warm. ".repeat(140);
    await paste(composer, long);
    const name = `${t.attachments.pastedName.replace("{n}", "1")}.txt`;
    await expect(files.getByText(name)).toBeVisible();
    await expect(composer).toHaveValue("");
    await page.getByRole("button", { name: t.attachments.insertPasted }).click();
    await expect(composer).toHaveValue(long);
    await expect(files).toHaveCount(0);
    await composer.fill("");
    await paste(composer, "short");
    await expect(files).toHaveCount(0);
  });
});

test("deleting a chat deletes its files", async ({ app, page }) => {
  await page.setViewportSize({ width: 1440, height: 800 });
  const { default: t } = await import("@/messages/en.json", { with: { type: "json" } });
  await page.goto(app.url);
  await page
    .locator('input[type="file"][multiple]')
    .setInputFiles({ name: "airfield.md", mimeType: "text/markdown", buffer: Buffer.from(NOTES) });
  const answer = await askInPageWhenRead(page);
  const address =
    (await answer
      .getByRole("link", { name: /Airfield notes/ })
      .first()
      .getAttribute("href")) ?? "";
  const path = `${app.url}/api/passages/${address.split("#")[1]}`;
  expect((await page.request.get(path)).status()).toBe(200);
  await chooseForChat(page, t, QUESTION, t.nav.delete);
  await page.waitForResponse((response) => response.request().method() === "DELETE", { timeout: 15_000 });
  await expect.poll(async () => (await page.request.get(path)).status()).toBe(404);
});

async function askInPageWhenRead(page: Parameters<typeof askInPage>[0]) {
  await expect(page.getByText("1 passage", { exact: true })).toBeVisible();
  const answer = await askInPage(page, QUESTION);
  await untilAnswered(page);
  return answer;
}

async function paste(field: ReturnType<Parameters<typeof askInPage>[0]["getByRole"]>, text: string) {
  await field.focus();
  await field.evaluate((element, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}
