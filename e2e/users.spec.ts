import { startApp } from "./support/app-server";
import { expect, test } from "./support/fixtures";
import { askInPage, openAsDeveloper, untilAnswered } from "./support/page";

const QUESTION = "How long is debug data kept?";

test("without the debug role nothing of the sidebar is loaded, asked or sent", async ({ app, page }) => {
  const asked: string[] = [];
  const bodies: string[] = [];
  page.on("request", (request) => {
    asked.push(new URL(request.url()).pathname);
    if (request.method() === "POST") bodies.push(request.postData() ?? "");
  });
  await page.goto(app.url);
  await askInPage(page, QUESTION);
  await untilAnswered(page);
  const before = asked.filter((path) => path.endsWith(".js")).length;
  await page.keyboard.press("Control+.");
  await page.waitForLoadState("networkidle");
  expect(asked.filter((path) => path.startsWith("/api/debug"))).toEqual([]);
  expect(asked.filter((path) => path.endsWith(".js"))).toHaveLength(before);
  expect(bodies.some((body) => body.includes('"debug"'))).toBe(false);
  await expect(page.getByRole("button", { name: /Debug/ })).toHaveCount(0);
});

test("the page tells users in one line when requests are recorded beyond their conversation", async ({
  app,
  page,
}) => {
  await page.goto(app.url);
  await expect(page.getByText(/recorded/)).toHaveCount(0);
  await using recording = await startApp({ DEBUG_COLLECT: "all" });
  await page.goto(recording.url);
  await expect(
    page.getByText(/are recorded, secrets masked, for this service’s developers for 1 hour/),
  ).toBeVisible();
});

test("the token leaves the address and gives the role; an unknown one does not", async ({ app, page }) => {
  await openAsDeveloper(page, app.url);
  expect(page.url()).not.toContain("token");
  await expect(page.getByRole("button", { name: /Debug/ }).first()).toBeVisible();
  const cookies = await page.context().cookies();
  const role = cookies.find(({ name }) => name === "sidetrace_role");
  expect(role).toMatchObject({ httpOnly: true, sameSite: "Strict" });
  const refused = await page.request.get(`${app.url}/?token=nobody`, { maxRedirects: 0 });
  expect(refused.status()).toBe(401);
});

test("every script of the page carries the nonce, and no other may run", async ({ app, page }) => {
  const response = await page.goto(app.url);
  const policy = response?.headers()["content-security-policy"] ?? "";
  const scripts = /script-src ([^;]+)/.exec(policy)?.[1] ?? "";
  const [, nonce] = /'nonce-([^']+)'/.exec(scripts) ?? [];
  expect(nonce).toBeDefined();
  expect(scripts).not.toContain("unsafe-inline");
  // What the page's own scripts load later is trusted through them.
  const tags = (await response?.text())?.match(/<script\b[^>]*>/g) ?? [];
  expect(tags.length).toBeGreaterThan(5);
  expect(tags.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
  const ran = await page.evaluate(async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    document.body.addEventListener("error", resolve, { capture: true, once: true });
    const foreign = document.createElement("div");
    foreign.innerHTML = `<img src="data:," alt="" onerror="document.title = 'foreign'">`;
    document.body.append(foreign);
    await promise;
    await new Promise(requestAnimationFrame);
    return document.title === "foreign";
  });
  expect(ran).toBe(false);
});
