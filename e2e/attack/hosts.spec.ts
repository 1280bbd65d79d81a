import { createServer } from "node:http";
import { startApp } from "../support/app-server";
import { expect, test } from "../support/fixtures";
import { ROUTES } from "./route-table";
import { asRole, send, sendRow } from "./send";

const ATTACKER = "attacker.example";
const QUESTION = { method: "POST", body: '{"message":"Hello!"}' };
const JSON_TYPE = { "content-type": "application/json" };
const MCP = {
  method: "POST",
  body: '{"jsonrpc":"2.0","id":1,"method":"tools/list"}',
  headers: { ...JSON_TYPE, accept: "application/json, text/event-stream" },
};

test("a name that another site made lead here is refused, by pages, files, API and MCP", async () => {
  await using app = await startApp();
  const { port } = new URL(app.url);
  const static_ = /\/_next\/static\/[^"]+\.js/.exec((await send(app.url, "/")).text)?.[0] ?? "";
  expect((await send(app.url, static_)).status).toBe(200);
  for (const host of [ATTACKER, `${ATTACKER}:${port}`, `localhost.${ATTACKER}`, `127.0.0.1.${ATTACKER}`]) {
    const headers = { host };
    for (const path of ["/", "/c/new", static_, "/icon.svg", "/?token=x", "/nowhere"]) {
      const { status, text } = await send(app.url, path, { headers });
      expect.soft([status, text], `${host}${path}`).toEqual([403, expect.stringContaining("ALLOWED_HOSTS")]);
    }
    for (const path of ["/api/health", "/api/me", "/api/sessions", "/api/knowledge-bases"]) {
      const { status, text } = await send(app.url, path, { headers });
      expect.soft(status, `${host}${path}`).toBe(403);
      expect.soft(JSON.parse(text).error).toMatchObject({ code: "forbidden" });
      expect.soft(text).not.toContain(ATTACKER);
    }
    const asked = await send(app.url, "/api/chat", { ...QUESTION, headers: { ...headers, ...JSON_TYPE } });
    expect.soft(asked.status).toBe(403);
    const mcp = { ...MCP, headers: { ...MCP.headers, ...headers } };
    expect.soft((await send(app.url, "/api/mcp", mcp)).status).toBe(403);
    const tried = { ...mcp, headers: { ...mcp.headers, ...asRole("wrong") } };
    expect.soft((await send(app.url, "/api/mcp", tried)).status).toBe(401);
    const forwarded = { "x-forwarded-host": host };
    expect.soft((await send(app.url, "/api/me", { headers: forwarded })).status).toBe(403);
  }
  const lines = app.output().match(/"host":"attacker\.example"/g) ?? [];
  expect(lines).toHaveLength(1);
});

test("own names, addresses in numbers and callers with a token are answered without a setting", async ({
  app,
}) => {
  const { port } = new URL(app.url);
  for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`, `192.168.1.20:${port}`]) {
    expect.soft((await send(app.url, "/", { headers: { host } })).status, host).toBe(200);
    expect.soft((await send(app.url, "/api/me", { headers: { host } })).status, host).toBe(200);
  }
  const scraped = await send(app.url, "/api/metrics", { headers: { host: "sidetrace", ...asRole("admin") } });
  expect(scraped.status).toBe(200);
  const called = { ...MCP, headers: { ...MCP.headers, host: "sidetrace", ...asRole("debug") } };
  expect((await send(app.url, "/api/mcp", called)).status).toBe(200);
});

test("no name in a request makes the server ask another one", async ({ app }) => {
  const asked: string[] = [];
  const other = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.end();
  });
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const address = other.address();
  const host = `localhost:${typeof address === "object" ? address?.port : 0}`;
  for (const headers of [
    { host },
    { "x-forwarded-host": host },
    { "x-forwarded-port": host.split(":")[1] ?? "" },
  ])
    for (const path of [
      "/?token=x",
      "/",
      "/help/storage",
      "/_next/image?url=/icon.svg&w=64&q=75",
      "/nowhere",
    ])
      await send(app.url, path, { headers });
  await new Promise((resolve) => other.close(resolve));
  expect(asked).toEqual([]);
});

test("names that were allowed are answered, and pages of theirs may change things", async () => {
  await using app = await startApp({ ALLOWED_HOSTS: "chat.example.com, .team.example" });
  const { port, hostname } = new URL(app.url);
  for (const host of ["chat.example.com", "a.team.example:443"])
    expect.soft((await send(app.url, "/", { headers: { host } })).status, host).toBe(200);
  for (const host of ["example.com", "team.example", `chat.example.com.${ATTACKER}`])
    expect.soft((await send(app.url, "/", { headers: { host } })).status, host).toBe(403);
  const ask = (headers: Record<string, string>) =>
    send(app.url, "/api/chat", { ...QUESTION, headers: { ...JSON_TYPE, ...headers } });
  const origin = "https://chat.example.com";
  const behindProxy = { host: `${hostname}:${port}`, "x-forwarded-host": "chat.example.com" };
  expect((await ask({ host: "chat.example.com", origin })).status).toBe(200);
  expect((await ask({ ...behindProxy, origin })).status).toBe(200);
  expect((await ask({ ...behindProxy, origin: `https://${ATTACKER}` })).status).toBe(403);
});

test("nothing is changed for a page of another site, with a token or without", async ({ app }) => {
  const { host, port } = new URL(app.url);
  const foreign = [
    `http://${ATTACKER}`,
    "null",
    `http://localhost:${Number(port) + 1}`,
    `http://${host}.${ATTACKER}`,
    `http://${ATTACKER}/${host}`,
    "nonsense",
  ];
  const changing = ROUTES.filter(({ method }) => method !== "GET");
  expect(changing.length).toBeGreaterThan(20);
  for (const row of changing) {
    for (const role of ["none", "admin"] as const) {
      for (const origin of foreign) {
        const { status } = await sendRow(app.url, row, role, { origin });
        expect.soft(status, `${row.method} ${row.path} as ${role} from ${origin}`).toBe(403);
      }
    }
    const own = await sendRow(app.url, row, "admin", { origin: `http://${host}` });
    expect.soft(own.status, `${row.method} ${row.path} from the own page`).toBe(row.status);
  }
});

test("no other site's page is told that it may read or send", async ({ app }) => {
  for (const method of ["OPTIONS", "GET"]) {
    const headers = { origin: `http://${ATTACKER}`, "access-control-request-method": "POST" };
    for (const path of ["/api/chat", "/api/me", "/api/mcp", "/"]) {
      const answer = await send(app.url, path, { method, headers });
      const allowed = Object.keys(answer.headers).filter((name) => name.startsWith("access-control-"));
      expect.soft(allowed, `${method} ${path}`).toEqual([]);
    }
  }
});
