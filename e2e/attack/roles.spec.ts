import { expect, test } from "../support/fixtures";
import { addressesOf, expectedStatus, fillPath, METHODS, NOBODY, PAGES, ROUTES } from "./route-table";
import { ROLES, send, sendRow } from "./send";

const keyOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;

/** The methods that a route says it answers. */
async function methodsOf(url: string, path: string): Promise<string[]> {
  const { headers } = await send(url, fillPath(path), { method: "OPTIONS" });
  return String(headers.allow).split(", ");
}

test("every route and method of the sources has a row, and so has every page", async ({ app }) => {
  const found: string[] = [];
  for (const path of addressesOf("route.ts")) {
    for (const method of await methodsOf(app.url, path)) found.push(keyOf({ method, path }));
  }
  expect(ROUTES.map(keyOf).toSorted()).toEqual(found.toSorted());
  expect(PAGES.map(({ path }) => path).toSorted()).toEqual(addressesOf("page.tsx"));
});

test("every route answers every role as its row says, a missing role before any look-up", async ({ app }) => {
  for (const row of ROUTES) {
    for (const role of ROLES) {
      const { status, text } = await sendRow(app.url, row, role);
      expect.soft(status, `${keyOf(row)} as ${role}: ${text.slice(0, 200)}`).toBe(expectedStatus(row, role));
      if (status === 401 || status === 403)
        expect.soft(text, `${keyOf(row)} as ${role}`).toMatch(/not known here|needs the (debug|admin) role/);
    }
  }
});

test("what only developers may ask of the chat is refused to everybody else", async ({ app }) => {
  const chat = ROUTES.find(({ path }) => path === "/api/chat");
  if (!chat) throw new Error("no row");
  for (const extra of [{ debug: true }, { overrides: { top_k: 3 } }, { replay_of: NOBODY }]) {
    const row = { ...chat, body: { message: "Hello!", ...extra } };
    expect.soft((await sendRow(app.url, row, "none")).status, JSON.stringify(extra)).toBe(403);
    const allowed = (await sendRow(app.url, row, "debug")).status;
    expect.soft(allowed, JSON.stringify(extra)).toBe("replay_of" in extra ? 404 : 200);
  }
});

test("other methods are refused, with those that there are", async ({ app }) => {
  for (const path of new Set(ROUTES.map((row) => row.path))) {
    const there = ROUTES.filter((row) => row.path === path).map(({ method }) => method);
    for (const method of METHODS.filter((one) => !there.includes(one))) {
      const { status, headers } = await send(app.url, fillPath(path), { method });
      expect.soft([status, headers.allow], keyOf({ method, path })).toEqual([405, there.join(", ")]);
    }
  }
});

test("every page answers every role as its row says; a wrong token is none", async ({ app }) => {
  for (const row of PAGES) {
    for (const role of ROLES) {
      const { status } = await sendRow(app.url, row, role, { accept: "text/html" });
      const expected = expectedStatus(row, role === "wrong" ? "none" : role);
      expect.soft(status, `${row.path} as ${role}`).toBe(expected);
    }
  }
});
