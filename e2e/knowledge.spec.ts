import type { Page } from "@playwright/test";
import { startApp } from "./support/app-server";
import { createClient } from "./support/ask";
import { expectNoViolations } from "./support/axe";
import { createDocuments } from "./support/documents";
import { expect, test } from "./support/fixtures";
import { createFiles, dropFiles, GARDEN, makeGarden, ROSES } from "./support/knowledge";
import { askInPage, openAsAdmin, openAsDeveloper, overflowOf, untilAnswered } from "./support/page";

const QUESTION = "When are the Zephirine roses watered?";
const DONE = { timeout: 60_000 };

// Each file is read and cut in a process of its own, which takes seconds where the machine is busy.
test.describe.configure({ timeout: 150_000 });

async function createInPage(page: Page, title: string) {
  await page.getByRole("button", { name: /^New( knowledge base)?$/ }).click();
  const dialog = page.getByRole("dialog", { name: "New knowledge base" });
  await dialog.getByLabel("Title").fill(title);
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
}

async function askKnowledgeBase(page: Page, title: string) {
  await page.getByRole("button", { name: /Knowledge base/ }).click();
  await page.getByRole("menuitemradio", { name: new RegExp(title) }).click();
  const answer = await askInPage(page, QUESTION);
  await untilAnswered(page);
  return answer;
}

for (const [device, viewport] of Object.entries({
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
})) {
  test.describe(device, () => {
    test.use({ viewport, hasTouch: device === "phone" });

    test("documents that an administrator drops are cited in the chat a moment later", async ({
      app,
      page,
    }) => {
      await openAsAdmin(page, app.url);
      if (device === "phone") await page.getByRole("button", { name: "Menu" }).click();
      await page.getByRole("link", { name: "Knowledge bases" }).click();
      await createInPage(page, `Rose yard ${device}`);
      await expect(page).toHaveURL(new RegExp(`/knowledge/bases/rose-yard-${device}$`));
      await dropFiles(page, { "roses.md": ROSES, "notes.txt": "The shed key hangs behind the door." });
      const uploads = page.getByRole("region", { name: "Uploads" });
      const roses = uploads.getByRole("listitem").filter({ hasText: "roses.md" });
      await expect(roses).toContainText("1 passage", DONE);
      await expect(roses).toContainText(/parse .*s.*chunk .*s.*index .*s/);
      await expect(uploads).toContainText("2 of 2 finished");
      const documents = page.getByRole("region", { name: "Documents" });
      await expect(documents.getByRole("link", { name: "Roses" })).toBeVisible();
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);

      if (device === "phone") await page.getByRole("button", { name: "Menu" }).click();
      await page.getByRole("link", { name: "Back to the chat" }).click();
      const answer = await askKnowledgeBase(page, `Rose yard ${device}`);
      await expect(answer).toContainText("Thursday");
      await expect(answer.getByRole("button", { name: /Source 1: Roses/ }).first()).toBeVisible();
    });
  });
}

test("a dropped folder keeps its paths; what cannot be read fails alone, says why, and can be tried again", async ({
  app,
  page,
}) => {
  using files = await createFiles({
    "plants/roses.md": ROSES,
    "plants/deep/tools.md": "# Tools\n\nThe wheelbarrow stands behind the shed.\n",
    "plants/scan.pdf": "no PDF at all",
    "plants/photo.png": "x",
    "plants/empty.txt": "",
    "plants/.hidden/secret.md": "# Hidden",
  });
  await openAsAdmin(page, app.url);
  await page.goto(`${app.url}/knowledge`);
  await createInPage(page, "Folder of plants");
  await page.locator("input[webkitdirectory]").setInputFiles(files.path("plants"));
  const uploads = page.getByRole("region", { name: "Uploads" });
  await expect(uploads).toContainText("5 of 5 finished, 3 failed", DONE);
  const line = (name: string) => uploads.getByRole("listitem").filter({ hasText: name });
  await expect(line("plants/photo.png")).toContainText("This type of file is not accepted.");
  await expect(line("plants/empty.txt")).toContainText("This file is empty.");
  await expect(line("plants/scan.pdf")).toContainText("PDF");
  await expect(line("plants/scan.pdf").getByRole("button", { name: "Retry" })).toBeVisible();
  await expect(line("hidden")).toHaveCount(0);
  const documents = page.getByRole("region", { name: "Documents" });
  await expect(documents.getByText("plants/deep/tools.md")).toBeVisible();
  const retried = page.waitForResponse((response) => response.url().endsWith("/retry"));
  await line("plants/scan.pdf").getByRole("button", { name: "Retry" }).click();
  expect((await retried).status()).toBe(202);
  const jobs = async () =>
    (await (await page.request.get(`${app.url}/api/jobs?kb_prefix=folder-of-plants`)).json()).items;
  await expect
    .poll(
      async () => (await jobs()).filter(({ state }: { state: string }) => state === "failed").length,
      DONE,
    )
    .toBe(1);
  await expect(uploads).toContainText("5 of 5 finished, 3 failed", DONE);
  await uploads.getByRole("button", { name: "Clear finished" }).click();
  await expect(uploads).toHaveCount(0);

  await dropFiles(page, { "plants/roses.md": ROSES });
  await dropFiles(page, { "roses.md": ROSES });
  await expect(line("roses.md").last()).toContainText("1 passage", DONE);
  await dropFiles(page, { "roses.md": ROSES });
  await expect(uploads.getByText("Unchanged").last()).toBeVisible(DONE);
});

test("more files than one request may hold all arrive, and stay on their way while another page is open", async ({
  app,
  page,
}) => {
  const requests: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/documents")) requests.push(request.url());
  });
  await openAsAdmin(page, app.url);
  await page.goto(`${app.url}/knowledge`);
  await createInPage(page, "Many notes");
  const notes = Array.from({ length: 24 }, (_, n) => [
    `note-${n}.md`,
    `# Note ${n}\n\nShelf ${n} holds jar ${n * 7}.\n`,
  ]);
  const sections = Array.from({ length: 60 }, (_, n) => `## Shelf ${n}\n\nShelf ${n} holds jar ${n * 7}.\n`);
  await dropFiles(page, {
    "shelves.md": `# Shelves\n\n${sections.join("\n")}`,
    ...Object.fromEntries(notes),
  });
  await page
    .getByRole("navigation", { name: "Knowledge" })
    .getByRole("link", { name: "Knowledge bases", exact: true })
    .click();
  await expect(page.getByRole("heading", { level: 1, name: "Knowledge bases" })).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "Many notes" }).click();
  await expect(page.getByRole("region", { name: "Uploads" })).toContainText("25 of 25 finished", {
    timeout: 120_000,
  });
  expect(requests.length).toBeGreaterThan(1);
  await expect(page.getByRole("main").getByText("25 documents")).toBeVisible();
  const documents = page.getByRole("region", { name: "Documents" });
  await expect(documents.getByRole("listitem")).toHaveCount(25);
  await documents.getByRole("searchbox").fill("shelves");
  await expect(documents.getByRole("listitem")).toHaveCount(1);
  await documents.getByRole("link", { name: "Shelves" }).click();
  const passages = page.getByRole("region", { name: "Passages" }).getByRole("listitem");
  await expect(passages).toHaveCount(50);
  await passages.last().scrollIntoViewIfNeeded();
  await expect(passages).toHaveCount(60);
});

test("leaving the site while files are on their way asks first; a failed upload can be sent again", async ({
  app,
  page,
}) => {
  await makeGarden(createClient(app.url, "admin"));
  await openAsAdmin(page, app.url);
  await page.goto(`${app.url}/knowledge/bases/garden`);
  const gate = Promise.withResolvers<void>();
  await page.route("**/garden/documents", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    await gate.promise;
    await route.abort("connectionfailed");
  });
  await page.getByRole("button", { name: "Choose files" }).waitFor();
  await page
    .locator("input[type=file]")
    .first()
    .setInputFiles({
      name: "late.md",
      mimeType: "text/markdown",
      buffer: Buffer.from("# Late\n\nA late frost.\n"),
    });
  const line = page
    .getByRole("region", { name: "Uploads" })
    .getByRole("listitem")
    .filter({ hasText: "late.md" });
  await expect(line).toContainText("Uploading");
  await page.getByRole("heading", { level: 1 }).click();
  const asked = page.waitForEvent("dialog");
  const leaving = page.reload({ timeout: 5_000 }).catch(() => null);
  const dialog = await asked;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();
  await leaving;
  gate.resolve();
  await expect(line).toContainText("The server could not be reached.");
  await page.unroute("**/garden/documents");
  await line.getByRole("button", { name: "Retry" }).click();
  await expect(line).toContainText("1 passage", DONE);
});

test("a document that is switched off is no longer found, nor a passage, until they are switched on", async ({
  app,
  page,
}) => {
  const admin = createClient(app.url, "admin");
  await makeGarden(admin);
  const documents = createDocuments(admin);
  const found = async () => (await documents.search("garden", QUESTION)).length;
  expect(await found()).toBe(1);
  await openAsAdmin(page, app.url);
  await page.goto(`${app.url}/knowledge/bases/garden`);
  await page.getByRole("switch", { name: "Search in Roses" }).click();
  await expect.poll(found).toBe(0);
  await page.reload();
  await expect(page.getByRole("switch", { name: "Search in Roses" })).not.toBeChecked();
  await page.getByRole("switch", { name: "Search in Roses" }).click();
  await expect.poll(found).toBe(1);
  await page.getByRole("link", { name: "Roses" }).click();
  const passage = page.getByRole("region", { name: "Passages" }).getByRole("listitem").first();
  await expect(passage).toContainText("Watering");
  await expect(passage).toContainText(/\d+ tokens/);
  await passage.getByRole("switch").click();
  await expect.poll(found).toBe(0);
  await expect(passage).toContainText("Switched off");
  await passage.getByRole("switch").click();
  await expect.poll(found).toBe(1);
  await page.getByRole("button", { name: "Actions for Roses" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete for good" }).click();
  await expect(page.getByText("No documents yet.")).toBeVisible();
  expect(await found()).toBe(0);
});

test("the router goes by keywords as soon as they are saved", async ({ app, page }) => {
  await makeGarden(createClient(app.url, "admin"));
  await openAsAdmin(page, app.url);
  await page.goto(`${app.url}/knowledge/bases/garden`);
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Edit Garden club" });
  await dialog.getByLabel("Keywords").fill("frobnicator, gewgaw");
  await dialog.getByLabel("Keywords").press("Enter");
  await dialog.getByLabel("Description").fill("What grows where.");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText("What grows where.")).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: /^frobnicator$/ })).toBeVisible();
  const { requestId } = await createClient(app.url, "debug").answer({ message: "frobnicator gewgaw?" });
  const record = await (
    await createClient(app.url, "debug").fetch(`/api/debug/${requestId}?view=record`)
  ).json();
  expect(record.route_decision.kb_prefix).toBe("garden");
});

test("a prefix is checked while it is typed, and a wrong form says where", async ({ app, page }) => {
  await openAsAdmin(page, app.url);
  await page.goto(`${app.url}/knowledge`);
  const opener = page.getByRole("button", { name: "New knowledge base" });
  await opener.press("Enter");
  const dialog = page.getByRole("dialog", { name: "New knowledge base" });
  const prefix = dialog.getByLabel("Prefix");
  await dialog.getByLabel("Title").fill("Sidetrace");
  await expect(prefix).toHaveValue("sidetrace");
  await prefix.fill("general");
  await expect(dialog.getByText("auto and general are reserved")).toBeVisible();
  await prefix.fill("No Spaces");
  await expect(prefix).toHaveAttribute("aria-invalid", "true");
  await prefix.fill("tallgrass");
  await expect(dialog.getByText("A knowledge base with this prefix exists already.")).toBeVisible();
  await prefix.fill("free-one");
  await expect(dialog.getByText("This prefix is free.")).toBeVisible();
  await dialog.getByLabel("Title").fill(" ");
  await dialog.getByRole("button", { name: "Create" }).press("Enter");
  await expect(dialog.getByLabel("Title")).toBeFocused();
  await expect(dialog.getByText("must not be empty")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(opener).toBeFocused();
});

test("deleting asks for the prefix; conversations stay; a built-in one does not return with a restart", async ({
  page,
}) => {
  await using app = await startApp();
  const admin = createClient(app.url, "admin");
  await makeGarden(admin);
  await openAsAdmin(page, app.url);
  await askKnowledgeBase(page, GARDEN.title);
  const conversation = page.url();
  for (const title of [GARDEN.title, "Tallgrass employee handbook"]) {
    await page.goto(`${app.url}/knowledge`);
    await page.getByRole("button", { name: `Actions for ${title}` }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    const dialog = page.getByRole("alertdialog");
    await expect(dialog.getByRole("button", { name: "Delete for good" })).toBeDisabled();
    await dialog.getByRole("textbox").fill(title === GARDEN.title ? "garden" : "tallgrass");
    await dialog.getByRole("textbox").press("Enter");
    await expect(dialog).toHaveCount(0);
    await expect(page.getByRole("main").getByRole("link", { name: title })).toHaveCount(0);
  }
  await page.goto(conversation);
  await expect(page.getByRole("article").last()).toContainText("Thursday");
  expect((await admin.fetch("/api/jobs?kb_prefix=garden")).status).toBe(200);
  expect((await (await admin.fetch("/api/jobs?kb_prefix=garden")).json()).items).toEqual([]);
  await app.end("SIGTERM");
  await app.restart();
  const bases = await (await admin.fetch("/api/knowledge-bases")).json();
  expect(bases.map(({ prefix }: { prefix: string }) => prefix)).toEqual(["sidetrace"]);
});

test("two processes on one index: one makes a knowledge base, both know it at once", async () => {
  using shared = await createFiles({});
  await using one = await startApp({ DATA_DIR: shared.folder });
  await using other = await startApp({ DATA_DIR: shared.folder });
  const admins = [one, other].map(({ url }) => createClient(url, "admin"));
  const headers = { "content-type": "application/json" };
  const send = (admin: (typeof admins)[number], method: string, path: string, body: object) =>
    admin.fetch(`/api/knowledge-bases${path}`, { method, headers, body: JSON.stringify(body) });
  const tries = admins.flatMap((admin) =>
    [1, 2, 3].map((n) => send(admin, "POST", "", { ...GARDEN, title: `${n}` })),
  );
  const statuses = (await Promise.all(tries)).map(({ status }) => status);
  expect(statuses.toSorted()).toEqual([201, 409, 409, 409, 409, 409]);
  const [first, second] = admins;
  if (!first || !second) throw new Error("two are needed");
  expect((await send(first, "PATCH", "/garden", { keywords: ["frobnicator"] })).status).toBe(200);
  const { requestId } = await createClient(other.url).answer({ message: "frobnicator?" });
  const record = await (await createClient(other.url).fetch(`/api/debug/${requestId}?view=record`)).json();
  expect(record.route_decision.kb_prefix).toBe("garden");
  expect((await second.fetch("/api/knowledge-bases/garden", { method: "DELETE" })).status).toBe(204);
  expect((await first.fetch("/api/knowledge-bases/garden")).status).toBe(404);
});

test("only administrators see and change knowledge bases", async ({ app, page }) => {
  await page.goto(`${app.url}/knowledge`);
  await expect(page.getByRole("heading", { name: "This page is for administrators" })).toBeVisible();
  await openAsDeveloper(page, app.url);
  await expect(page.getByRole("link", { name: "Knowledge bases" })).toHaveCount(0);
  await page.goto(`${app.url}/knowledge/bases/sidetrace`);
  await expect(page.getByRole("heading", { name: "This page is for administrators" })).toBeVisible();
  for (const role of ["user", "debug"] as const) {
    const client = createClient(app.url, role);
    for (const [method, path] of [
      ["POST", ""],
      ["PATCH", "/nowhere"],
      ["DELETE", "/nowhere"],
    ] as const) {
      const response = await client.fetch(`/api/knowledge-bases${path}`, { method });
      expect([role, method, response.status]).toEqual([role, method, 403]);
    }
  }
});

test("the API refuses what is taken, malformed or unknown, in words", async ({ app }) => {
  const admin = createClient(app.url, "admin");
  const send = async (method: string, path: string, body: object) => {
    const headers = { "content-type": "application/json" };
    const response = await admin.fetch(`/api/knowledge-bases${path}`, {
      method,
      headers,
      body: JSON.stringify(body),
    });
    return [response.status, response.status === 204 ? null : (await response.json()).error?.message];
  };
  expect(await send("POST", "", { prefix: "sidetrace", title: "x" })).toEqual([
    409,
    "A knowledge base with this prefix exists already.",
  ]);
  expect(await send("POST", "", { prefix: "auto", title: "x" })).toEqual([
    400,
    "prefix: auto and general are reserved",
  ]);
  expect(await send("POST", "", { prefix: "ok-one", title: "x", colour: "red" })).toEqual([
    400,
    "colour: unknown key",
  ]);
  expect(await send("PATCH", "/sidetrace", { title: "" })).toEqual([400, "title: must not be empty"]);
  expect(await send("PATCH", "/nowhere", { title: "x" })).toEqual([404, "There is no such knowledge base."]);
  expect(await send("DELETE", "/nowhere", {})).toEqual([404, "There is no such knowledge base."]);
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const locale of ["en-US", "zh-CN"]) {
    test.describe(`${colorScheme}, ${locale}`, () => {
      test.use({ colorScheme, locale });

      test("every page and dialog passes axe, at every width", async ({ app, page }) => {
        await makeGarden(createClient(app.url, "admin"));
        await openAsAdmin(page, app.url);
        await page.goto(`${app.url}/knowledge`);
        await page.getByRole("main").getByRole("link").first().waitFor();
        await expectNoViolations(page, "list");
        await page.getByRole("button", { name: /^(New( knowledge base)?|新建(知识库)?)$/ }).click();
        await expectNoViolations(page, "create");
        await page.keyboard.press("Escape");
        await page.getByRole("button", { name: /Garden club/ }).click();
        await page.getByRole("menuitem", { name: /Delete|删除/ }).click();
        await expectNoViolations(page, "delete");
        await page.keyboard.press("Escape");
        await page.goto(`${app.url}/knowledge/bases/garden`);
        await page.getByRole("button", { name: /Choose files|选择文件$/ }).waitFor();
        await dropFiles(page, { "bad.pdf": "x", "photo.png": "x", "roses.md": ROSES });
        await page.getByRole("button", { name: /Retry|重试/ }).waitFor();
        await expectNoViolations(page, "knowledge base");
        await page.getByRole("link", { name: "Roses" }).click();
        await page.getByRole("switch").nth(1).waitFor();
        await page.getByRole("button", { name: /Watering/ }).click();
        await expectNoViolations(page, "document");
        for (const width of [320, 390, 720, 960, 2560]) {
          await page.setViewportSize({ width, height: 800 });
          for (const path of ["/knowledge", "/knowledge/bases/garden"]) {
            await page.goto(`${app.url}${path}`);
            await page.getByRole("main").getByRole("link").first().waitFor();
            expect([path, width, await overflowOf(page)]).toEqual([path, width, 0]);
          }
        }
        await expectNoViolations(page, "wide");
      });
    });
  }
}
