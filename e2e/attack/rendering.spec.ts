import type { Page } from "@playwright/test";
import { createClient } from "../support/ask";
import { createDocuments } from "../support/documents";
import { expect, test } from "../support/fixtures";
import { askInPage, openAsAdmin, untilAnswered } from "../support/page";
import { ATTACKER, EVERYTHING, MARKDOWN, MARKUP, payloadAt, poison } from "./payloads";
import { send } from "./send";
import { watchPages } from "./watch-page";

const TABS = [/Timeline/, /Retrieval/, /Prompt/, /Route/, /Log/];
const QUESTION = "Where is the zephyrine passphrase kept?";

/** Opens every tab of the panel, and what is folded in it. */
async function openTabs(page: Page, look: () => Promise<void>): Promise<void> {
  for (const name of TABS) {
    await page.getByRole("tab", { name }).click();
    await expect(page.getByRole("tabpanel")).not.toBeEmpty();
    const rows = page
      .getByRole("tabpanel")
      .locator("[aria-expanded=false]:not([aria-haspopup]), [role=treeitem]");
    for (const row of (await rows.all()).slice(0, 6)) await row.click({ timeout: 1000 }).catch(() => {});
    await look();
  }
}

const openPanel = (page: Page) =>
  page
    .getByRole("button", { name: /^Debug/ })
    .first()
    .click();

/** A conversation of the page's browser that begins with a question. */
async function ask(page: Page, url: string, data: object): Promise<string> {
  const answer = await (await page.request.post(`${url}/api/chat`, { data })).text();
  return /"session_id":"([^"]+)"/.exec(answer)?.[1] ?? "";
}

/** Sends JSON with payloads in every place that is not refused for what must stand there. */
async function sendPoisoned(page: Page, address: string, file: unknown): Promise<Record<string, string>> {
  const fixed = new Set<string>();
  for (let round = 0; round < 30; round += 1) {
    const body = JSON.stringify(poison(file, (key) => fixed.has(key)));
    const hostile = body.replace(/^\{/, '{"__proto__":{"polluted":"yes"},');
    for (const data of [hostile, body]) {
      const headers = { "content-type": "application/json" };
      const response = await page.request.post(address, { headers, data });
      const answer = await response.json();
      if (response.ok()) return answer;
      for (const { path } of answer.error.issues) fixed.add(lastName(path));
    }
  }
  throw new Error(`refused: ${[...fixed].join(", ")}`);
}

const lastName = (path: string) =>
  path
    .split(".")
    .filter((name) => !/^\d+$/.test(name))
    .at(-1) ?? path;

test("the watch sees every way out", async ({ app, page, context }) => {
  const watch = await watchPages(context, app.url);
  await page.goto(app.url);
  await watch.inspect(page);
  expect(watch.escapes).toEqual([]);
  await page.evaluate((attacker) => {
    Reflect.get(globalThis, "pwn")();
    document.body.insertAdjacentHTML("beforeend", `<img src="${attacker}/img"><b onclick="x()">b</b>`);
    document.body.insertAdjacentHTML("beforeend", '<a href="javascript:x()">a</a>');
    void fetch(`${attacker}/fetch`).catch(() => {});
    alert("seen");
  }, ATTACKER);
  await watch.inspect(page);
  await page.goto(`${ATTACKER}/away`).catch(() => {});
  const seen = [
    /^attack ran/,
    /^attack was blocked.*img/,
    /^dialog seen/,
    /<b onclick/,
    /<a href="javascript/,
  ];
  for (const way of [...seen, /^(?:request|attack was blocked).*fetch|connect-src/, /^request .*away/])
    expect(watch.escapes, String(way)).toContainEqual(expect.stringMatching(way));
});

test("a model's answer runs nothing and loads nothing, while it comes, later, shared and on paper", async ({
  scripted: { app, model },
  page,
  context,
}) => {
  test.setTimeout(120_000);
  const watch = await watchPages(context, app.url);
  await openAsAdmin(page, app.url);
  let answers = 0;
  for (const text of [MARKDOWN.join("\n\n"), MARKUP.join("\n\n"), EVERYTHING]) {
    model.script({ pieces: text.match(/[\s\S]{1,11}/g) ?? [] });
    await askInPage(page, `How does it answer? ${payloadAt(text.length)}`);
    answers += 1;
    await expect(page.getByRole("button", { name: "Regenerate" })).toHaveCount(answers);
    await watch.inspect(page);
  }
  for (const word of await page.getByRole("article").getByText("click", { exact: true }).all())
    if ((await word.evaluate((element) => element.closest("a"))) === null)
      await word.click({ timeout: 1000 }).catch(() => {});
  await page.reload();
  await untilAnswered(page);
  await watch.inspect(page);
  await openPanel(page);
  await openTabs(page, () => watch.inspect(page));
  await page.emulateMedia({ media: "print" });
  await watch.inspect(page);
  await page.emulateMedia({ media: null });
  const session = new URL(page.url()).pathname.split("/")[2];
  const shared = await page.request.post(`${app.url}/api/sessions/${session}/share`);
  await page.goto(`${app.url}${(await shared.json()).share.url}`);
  await expect(page.getByRole("article").first()).toBeVisible();
  await watch.inspect(page);
  expect(watch.escapes).toEqual([]);
});

test("documents, their names and their knowledge base are text wherever they are shown", async ({
  app,
  page,
  context,
}) => {
  test.setTimeout(120_000);
  const admin = createClient(app.url, "admin");
  const made = await admin.fetch("/api/knowledge-bases", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      prefix: "attack",
      title: payloadAt(3),
      description: MARKUP.slice(0, 12).join(" "),
      keywords: [payloadAt(1).slice(0, 60), "zephyrine"],
      suggested: [payloadAt(4), payloadAt(5)],
    }),
  });
  expect(made.status).toBe(201);
  const fact = "The zephyrine passphrase is kept at the quay.";
  const documents = createDocuments(admin);
  const { jobs } = await documents.send("attack", {
    "<img src=x onerror=pwn()>.md": `# ${payloadAt(0)}\n\n${fact}\n\n${EVERYTHING}\n`,
    '"onmouseover="pwn()".txt': `${fact}\n${MARKUP.join("\n")}\n`,
    "page.html": `<title>${payloadAt(2)}</title><h1>Zephyrine &lt;img src=x onerror=pwn()&gt;</h1><p>${fact}</p>${MARKUP.join("\n")}`,
    "table.csv": `zephyrine,${fact}\n"<img src=x onerror=pwn()>","=HYPERLINK(""${ATTACKER}"")"\n`,
  });
  const ended = await documents.ended(jobs);
  expect(ended.map(({ state, error }) => [state, error])).toEqual(ended.map(() => ["done", null]));

  const watch = await watchPages(context, app.url);
  await openAsAdmin(page, app.url);
  const session = await ask(page, app.url, { message: QUESTION, kb_prefix: "attack" });
  await page.goto(`${app.url}/c/${session}`);
  await untilAnswered(page);
  await watch.inspect(page);
  const citation = page.getByRole("article").locator("[data-citation]").first();
  await citation.hover();
  await watch.inspect(page);
  await citation.click();
  await expect(page.locator("[data-source-panel]")).toBeVisible();
  await watch.inspect(page);
  await page.keyboard.press("Escape");
  await openPanel(page);
  await openTabs(page, () => watch.inspect(page));
  const pages = ["/", "/knowledge", "/knowledge/bases/attack", "/insights", "/settings"];
  const found = `/knowledge/search?q=${encodeURIComponent(QUESTION)}&kb=attack&k=5`;
  const each = ended.flatMap(({ document_id }) => [
    `/documents/${document_id}`,
    `/knowledge/bases/attack/${document_id}`,
  ]);
  for (const path of [...pages, found, ...each]) {
    await page.goto(`${app.url}${path}`, { waitUntil: "networkidle" });
    await watch.inspect(page);
  }
  expect(watch.escapes).toEqual([]);
});

test("a run's file is shown as text in every tab, and changes no prototype", async ({
  app,
  page,
  context,
}) => {
  test.setTimeout(120_000);
  const client = createClient(app.url);
  const { requestId } = await client.answer({ message: "How long is debug data kept?" });
  const record = await (await client.fetch(`/api/debug/${requestId}?view=record`)).json();
  const attributes = JSON.parse(
    '{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}}}',
  );
  record.spans[0].attributes = { ...record.spans[0].attributes, nested: attributes };
  record.answer = EVERYTHING;
  const watch = await watchPages(context, app.url);
  await openAsAdmin(page, app.url);
  const { request_id } = await sendPoisoned(page, `${app.url}/api/debug/import`, record);
  for (const path of [`/debug/${request_id}`, `/?debug=${request_id}`]) {
    await page.goto(`${app.url}${path}`);
    await openTabs(page, () => watch.inspect(page));
  }
  await page.goto(`${app.url}/?debug=${request_id}&view=requests`, { waitUntil: "networkidle" });
  await watch.inspect(page);
  expect(await page.evaluate(() => Reflect.get({}, "polluted"))).toBeUndefined();
  const kept = await (await client.fetch(`/api/debug/${request_id}?view=record`)).json();
  expect(JSON.stringify(kept)).toContain("onerror=pwn()");
  expect((await client.fetch("/api/me")).status).toBe(200);
  expect(watch.escapes).toEqual([]);
});

test("a conversation's file is text in the chat, in its list and in what is shared of it", async ({
  app,
  page,
  context,
}) => {
  const watch = await watchPages(context, app.url);
  await openAsAdmin(page, app.url);
  const session = await ask(page, app.url, { message: "How long is debug data kept?" });
  const exported = await (await page.request.get(`${app.url}/api/sessions/${session}/export`)).json();
  exported.messages[1].versions[0].content += `\n\n${EVERYTHING}`;
  for (const source of exported.messages[1].versions[0].sources) source.url = "javascript:pwn()//";
  const imported = await sendPoisoned(page, `${app.url}/api/sessions/import`, exported);
  await page.goto(`${app.url}/c/${imported.session_id}`);
  await untilAnswered(page);
  await watch.inspect(page);
  const sources = await page.getByRole("article").getByRole("link").all();
  for (const link of sources) expect(await link.getAttribute("href")).not.toMatch(/^javascript:/);
  const shared = await page.request.post(`${app.url}/api/sessions/${imported.session_id}/share`);
  await page.goto(`${app.url}${(await shared.json()).share.url}`, { waitUntil: "networkidle" });
  await watch.inspect(page);
  expect(watch.escapes).toEqual([]);
});

test("an address, a cookie and a language that are made up are text, and lead nowhere else", async ({
  app,
  page,
  context,
}) => {
  test.setTimeout(180_000);
  const watch = await watchPages(context, app.url);
  await openAsAdmin(page, app.url);
  const payloads = [payloadAt(1), '"><img src=x onerror=pwn()>', "javascript:pwn()//", `${ATTACKER}/`];
  for (const payload of payloads) {
    const p = encodeURIComponent(payload);
    await context.addCookies([{ name: "locale", value: p, url: app.url }]);
    const queries = [
      `/?q=${p}&debug=${p}&tab=${p}&span=${p}&compare=${p}&view=${p}`,
      `/knowledge/search?q=${p}&kb=${p}&agents=${p}&k=${p}`,
      `/insights?since=${p}`,
      `/?next=${p}&redirect=${p}&url=${p}#${p}`,
    ];
    const paths = ["/c", "/debug", "/documents", "/share", "/knowledge/bases", "/help", ""];
    for (const address of [...queries, ...paths.map((path) => `${path}/${p}`), `/enter?token=${p}`]) {
      await page.goto(`${app.url}${address}`, { waitUntil: "networkidle" });
      await watch.inspect(page);
    }
  }
  expect(watch.escapes).toEqual([]);
  const elsewhere = [
    "//attacker.example/",
    "/\\attacker.example/",
    "//attacker.example/%2e%2e",
    "/%09/attacker.example",
  ];
  for (const path of [...elsewhere, `/?token=x&next=${ATTACKER}`, `/help/..%2f..%2fattacker.example`]) {
    const { headers } = await send(app.url, path);
    const target = new URL(String(headers.location ?? "/"), app.url);
    expect.soft(target.origin, path).toBe(new URL(app.url).origin);
  }
});
