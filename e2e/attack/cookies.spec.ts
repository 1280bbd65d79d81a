import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ADMIN_TOKEN, DEBUG_TOKEN, startApp } from "../support/app-server";
import { expect, test } from "../support/fixtures";
import { type Answer, send } from "./send";

const enter = (url: string, headers: Record<string, string> = {}, token = DEBUG_TOKEN) =>
  send(url, `/?token=${token}`, { headers: { accept: "text/html", ...headers } });

const cookiesOf = ({ headers }: Answer) => [headers["set-cookie"] ?? []].flat();
const firstCookie = (answer: Answer) => cookiesOf(answer)[0]?.split(";")[0] ?? "";

async function rolesWith(url: string, cookie: string): Promise<string[]> {
  return JSON.parse((await send(url, "/api/me", { headers: { cookie } })).text).roles;
}

/** Asks once; the browser's cookie and its conversation. */
async function converse(url: string): Promise<{ cookie: string; session: string }> {
  const answer = await send(url, "/api/chat", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"message":"Hello!"}',
  });
  const [, session = ""] = /"session_id":"([^"]+)"/.exec(answer.text) ?? [];
  return { cookie: firstCookie(answer), session };
}

test("cookies are out of reach of scripts and other sites, and go over TLS alone where there is TLS", async ({
  app,
}) => {
  const plain = await enter(app.url);
  expect([plain.status, plain.headers.location]).toEqual([303, "/"]);
  expect(cookiesOf(plain)).toHaveLength(1);
  const attributes = (cookie = "") => cookie.split("; ").slice(1).toSorted();
  const base = ["HttpOnly", "Max-Age=31536000", "Path=/", "SameSite=Strict"];
  expect(attributes(cookiesOf(plain)[0])).toEqual(base);
  for (const proto of ["https", "https, http"]) {
    const behindTls = await enter(app.url, { "x-forwarded-proto": proto });
    expect(attributes(cookiesOf(behindTls)[0])).toEqual([...base, "Secure"]);
  }
  const { cookie, session } = await converse(app.url);
  expect(cookie).toMatch(/^sidetrace_browser=/);
  expect((await send(app.url, `/api/sessions/${session}`, { headers: { cookie } })).status).toBe(200);
  expect((await send(app.url, `/api/sessions/${session}`)).status).toBe(404);
});

test("a role is given by its token alone, and by the cookie that the server signed", async ({ app }) => {
  const cookie = firstCookie(await enter(app.url));
  expect(await rolesWith(app.url, cookie)).toEqual(["user", "debug"]);
  expect(await rolesWith(app.url, firstCookie(await enter(app.url, {}, ADMIN_TOKEN)))).toContain("admin");
  const [name = "", value = ""] = cookie.split("=");
  const decoded = decodeURIComponent(value);
  const forged = [
    decoded.replace("debug", "admin"),
    decoded.slice(0, -1),
    decoded.split(".")[0] ?? "",
    `admin:${ADMIN_TOKEN}`,
    "admin",
    "__proto__",
    "%E0%A4%A",
  ];
  for (const attempt of forged)
    expect
      .soft(await rolesWith(app.url, `${name}=${encodeURIComponent(attempt)}`), attempt)
      .toEqual(["user"]);
  for (const token of ["", "x", `${DEBUG_TOKEN}x`, DEBUG_TOKEN.slice(0, -1), "null", "undefined"]) {
    const refused = await enter(app.url, {}, token);
    expect.soft([refused.status, cookiesOf(refused)], token).toEqual([401, []]);
    expect.soft(refused.text).not.toContain(DEBUG_TOKEN);
  }
  const back = await send(app.url, "/api/me/roles", { method: "DELETE", headers: { cookie } });
  expect(cookiesOf(back)[0]).toMatch(/^sidetrace_role=; Max-Age=0;/);
});

test("secrets rotate: the first one signs, the others are read until they are taken away", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "sidetrace-attack-"));
  const settingsFor = (secrets: string) => ({ DATA_DIR: dataDir, SESSION_SECRETS: secrets });
  const lookAt = async (
    url: string,
    role: string,
    { cookie, session }: { cookie: string; session: string },
  ) => {
    const read = await send(url, `/api/sessions/${session}`, { headers: { cookie } });
    return { roles: await rolesWith(url, role), conversation: read.status };
  };
  try {
    let old = { role: "", browser: { cookie: "", session: "" } };
    let fresh = old;
    {
      await using app = await startApp(settingsFor("the-old-secret"));
      old = { role: firstCookie(await enter(app.url)), browser: await converse(app.url) };
    }
    {
      await using app = await startApp(settingsFor("the-new-secret,the-old-secret"));
      expect(await lookAt(app.url, old.role, old.browser)).toEqual({
        roles: ["user", "debug"],
        conversation: 200,
      });
      fresh = { role: firstCookie(await enter(app.url)), browser: await converse(app.url) };
      expect(fresh.role).not.toBe(old.role);
    }
    await using app = await startApp(settingsFor("the-new-secret"));
    expect(await lookAt(app.url, old.role, old.browser)).toEqual({ roles: ["user"], conversation: 404 });
    expect(await lookAt(app.url, fresh.role, fresh.browser)).toEqual({
      roles: ["user", "debug"],
      conversation: 200,
    });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});
