import { expect, test } from "../support/fixtures";
import { openAsAdmin } from "../support/page";
import { fillPath, PAGES, ROUTES } from "./route-table";
import { type Answer, send, sendRow } from "./send";

const EVERYWHERE = {
  "x-content-type-options": "nosniff",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "same-origin",
  "permissions-policy": expect.stringMatching(/camera=\(\).*microphone=\(\)/),
};
const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** What a page may load besides scripts, and where it may be shown. */
const OTHERS = {
  "default-src": ["'self'"],
  "style-src": ["'self'", "'unsafe-inline'"],
  "img-src": ["'self'"],
  "font-src": ["'self'"],
  "connect-src": ["'self'"],
  "object-src": ["'none'"],
  "base-uri": ["'none'"],
  "form-action": ["'self'"],
  "frame-ancestors": ["'none'"],
};

/** Pages that there are, and what stands in the place of those that there are not or that a role is missing for. */
const PAGE_PATHS = [
  ...PAGES.map(({ path }) => fillPath(path)),
  "/nowhere/at/all",
  "/nowhere.html",
  "/c/nonsense",
  "/_next/nowhere",
  "/documents/%3Cscript%3E",
];

const policyOf = ({ headers }: Answer) =>
  new Map(
    String(headers["content-security-policy"])
      .split("; ")
      .map((directive) => {
        const [name = "", ...values] = directive.split(" ");
        return [name, values];
      }),
  );

test("every answer says that it is nothing else than it says, and the API's may do nothing", async ({
  app,
}) => {
  const script = /\/_next\/static\/[^"]+\.js/.exec((await send(app.url, "/")).text)?.[0] ?? "";
  const answers: [string, Answer][] = [
    [script, await send(app.url, script)],
    ["a script that is not there", await send(app.url, "/_next/static/nowhere.js")],
    ["a malformed address", await send(app.url, "/%E0%A4%A")],
    ["an unknown name", await send(app.url, "/", { headers: { host: "attacker.example" } })],
  ];
  const api = ROUTES.filter(({ method, path }) => method === "GET" && path.startsWith("/api/"));
  for (const row of api)
    for (const role of ["none", "admin"] as const)
      answers.push([`${row.path} as ${role}`, await sendRow(app.url, row, role)]);
  for (const [name, answer] of answers) {
    expect.soft(answer.headers, name).toMatchObject(EVERYWHERE);
    expect.soft(answer.headers["content-security-policy"], name).toBe(NOTHING);
    expect.soft(answer.headers["x-powered-by"], name).toBeUndefined();
  }
});

test("a page runs scripts with its nonce alone, loads pictures of its own alone, and is in no frame", async ({
  app,
}) => {
  const nonces = new Set<string>();
  for (const path of PAGE_PATHS) {
    const answer = await send(app.url, path, { headers: { accept: "text/html" } });
    expect.soft(answer.headers, path).toMatchObject(EVERYWHERE);
    const policy = policyOf(answer);
    const [nonce = ""] = policy.get("script-src")?.filter((value) => value.startsWith("'nonce-")) ?? [];
    nonces.add(nonce);
    expect.soft(policy.get("script-src"), path).toEqual(["'self'", nonce, "'strict-dynamic'"]);
    policy.delete("script-src");
    expect.soft(Object.fromEntries(policy), path).toEqual(OTHERS);
    const tags = answer.text.match(/<script\b[^>]*>/g) ?? [];
    const without = tags.filter((tag) => !tag.includes(`nonce="${nonce.slice("'nonce-".length, -1)}"`));
    expect.soft(tags.length, path).toBeGreaterThan(0);
    expect.soft(without, path).toEqual([]);
    expect.soft(answer.text, path).not.toMatch(/<[^>]+\son(?:load|error|click)=/);
  }
  expect(nonces.size).toBe(PAGE_PATHS.length);
});

test("no header of a request switches the policy off, or chooses its nonce", async ({ app }) => {
  const tricks = {
    "x-middleware-subrequest": Array(5).fill("proxy").join(":"),
    "x-middleware-next": "1",
    "x-nonce": "chosen",
    "content-security-policy": "script-src 'nonce-chosen'",
  };
  for (const [name, value] of Object.entries(tricks)) {
    const answer = await send(app.url, "/", { headers: { [name]: value } });
    expect.soft(String(answer.headers["content-security-policy"]), name).toContain("'strict-dynamic'");
    expect.soft(answer.text, name).not.toContain('nonce="chosen"');
  }
});

test("in the browser every script is one of the page's own, and the policy has nothing to object to", async ({
  app,
  page,
}) => {
  const objections: string[] = [];
  page.on("console", (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) objections.push(message.text());
  });
  await openAsAdmin(page, app.url);
  for (const path of PAGE_PATHS) {
    await page.goto(`${app.url}${path}`, { waitUntil: "networkidle" });
    // What the page's own scripts load needs no nonce: they are trusted to load it.
    const others = await page.evaluate(() =>
      [...document.scripts]
        .filter(({ nonce, src }) => !nonce && src !== "")
        .map(({ src }) => src)
        .filter((src) => !src.startsWith(`${location.origin}/_next/static/chunks/`)),
    );
    expect.soft(others, path).toEqual([]);
  }
  expect(objections).toEqual([]);
});

test("what is downloaded is a file with a name of its own, whatever it holds", async ({ app }) => {
  const asked = await send(app.url, "/api/chat", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ message: '"><script>a.html\r\nX-Evil: 1' }),
  });
  const [, session = ""] = /"session_id":"([^"]+)"/.exec(asked.text) ?? [];
  const cookie = String(asked.headers["set-cookie"]).split(";")[0] ?? "";
  for (const [format, type] of [
    ["json", "application/json"],
    ["md", "text/markdown; charset=utf-8"],
  ]) {
    const path = `/api/sessions/${session}/export?format=${format}`;
    const { status, headers } = await send(app.url, path, { headers: { cookie } });
    expect([status, headers["content-type"]]).toEqual([200, type]);
    const name = `sidetrace-${session.slice(0, 8)}.${format}`;
    expect(headers["content-disposition"]).toBe(`attachment; filename="${name}"`);
    expect(headers).not.toHaveProperty("x-evil");
  }
});
