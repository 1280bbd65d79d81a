import { type Client, createClient } from "../support/ask";
import { expect, test } from "../support/fixtures";

interface Owned {
  session: string;
  request: string;
  document: string;
}

const QUESTION = "How long is debug data kept?";
const json = (method: string, body: object) => ({
  method,
  body: JSON.stringify(body),
  headers: { "content-type": "application/json" },
});

function payFile(): FormData {
  const files = new FormData();
  files.append("files", new File(["# Pay\n\nThe salary of Ann is 4711.\n"], "pay.md"));
  return files;
}

/** A conversation with an answer, a file and a link. */
async function makeConversation(owner: Client): Promise<Owned> {
  const { requestId, frames } = await owner.answer({ message: QUESTION });
  const start = frames.find((frame) => frame.status === "start");
  const session = start?.status === "start" ? start.session_id : "";
  const at = `/api/sessions/${session}/attachments`;
  expect((await owner.fetch(at, { method: "POST", body: payFile() })).status).toBe(202);
  const read = async () => (await (await owner.fetch(at)).json()).items[0];
  await expect.poll(async () => (await read()).state, { timeout: 30_000 }).toBe("done");
  expect((await owner.fetch(`/api/sessions/${session}/share`, { method: "POST" })).status).toBe(201);
  return { session, request: requestId, document: (await read()).document_id };
}

/** Everything that can be asked about a conversation, and what its owner is answered; what deletes comes last. */
const asked = ({ session, request, document }: Owned): [path: string, init: RequestInit, own: number][] => [
  [`/api/sessions/${session}`, {}, 200],
  [`/api/sessions/${session}`, json("PATCH", { title: "Taken" }), 200],
  [`/api/sessions/${session}/export`, {}, 200],
  [`/api/sessions/${session}/export?format=md`, {}, 200],
  [`/api/sessions/${session}/share`, {}, 200],
  [`/api/sessions/${session}/share`, { method: "POST" }, 201],
  [`/api/sessions/${session}/attachments`, {}, 200],
  [`/api/sessions/${session}/attachments`, { method: "POST", body: payFile() }, 202],
  [`/api/chat/${request}/sources/1`, {}, 200],
  [`/api/chat/${request}/stream`, {}, 200],
  [`/api/chat/${request}/stop`, { method: "POST" }, 202],
  ["/api/feedback", json("POST", { request_id: request, value: "up" }), 200],
  ["/api/chat", json("POST", { message: "And?", session_id: session }), 200],
  ["/api/chat", json("POST", { message: QUESTION, regenerate_of: request }), 200],
  [`/documents/${document}`, {}, 200],
  [`/api/sessions/${session}/share`, { method: "DELETE" }, 204],
  [`/api/sessions/${session}/attachments/${document}`, { method: "DELETE" }, 204],
  [`/api/sessions/${session}`, { method: "DELETE" }, 204],
];

test("what a browser owns is not found by any other one, whatever role it has", async ({ app }) => {
  const owner = createClient(app.url, "user");
  const owned = await makeConversation(owner);
  const before = await (await owner.fetch(`/api/sessions/${owned.session}/export`)).json();
  for (const role of ["user", "debug", "admin"] as const) {
    const stranger = createClient(app.url, role);
    await stranger.answer({ message: "Hello!" });
    const nobody = createClient(app.url, role);
    for (const [path, init] of asked(owned)) {
      for (const [name, client] of Object.entries({ stranger, nobody })) {
        const response = await client.fetch(path, init);
        const text = await response.text();
        expect.soft(response.status, `${init.method ?? "GET"} ${path} as ${role}, ${name}`).toBe(404);
        expect.soft(text).not.toContain("4711");
      }
    }
    const { items } = await (await stranger.fetch("/api/sessions")).json();
    expect(items.map((item: { session_id: string }) => item.session_id)).not.toContain(owned.session);
    const found = await stranger.fetch(
      "/api/search",
      json("POST", { query: "salary of Ann", kb_prefix: "sidetrace" }),
    );
    expect(await found.text()).not.toContain("4711");
  }
  expect(await (await owner.fetch(`/api/sessions/${owned.session}/export`)).json()).toEqual(before);
  for (const [path, init, status] of asked(owned)) {
    const response = await owner.fetch(path, init);
    await response.text();
    expect.soft(response.status, `${init.method ?? "GET"} ${path} as its owner`).toBe(status);
  }
});

test("a link shows the conversation and nothing behind it, until it is revoked", async ({ app }) => {
  const owner = createClient(app.url, "user");
  const { session } = await makeConversation(owner);
  const { share } = await (await owner.fetch(`/api/sessions/${session}/share`)).json();
  const reader = createClient(app.url, "user");
  const page = await reader.fetch(share.url);
  const html = await page.text();
  expect(page.status).toBe(200);
  expect(html).toContain(QUESTION);
  expect(html).not.toContain("4711");
  expect(html).not.toContain(session);
  await owner.fetch(`/api/sessions/${session}/share`, { method: "DELETE" });
  expect((await reader.fetch(share.url)).status).toBe(404);
});

test("a run is for roles alone: whose it is makes no difference to who has none", async ({ app }) => {
  const developer = createClient(app.url, "debug");
  const { requestId } = await developer.answer({ message: QUESTION });
  expect((await developer.fetch(`/api/debug/${requestId}`)).status).toBe(200);
  const paths = ["", "?view=record", "/dataset", "/payloads/0123456789abcdef?part=output"];
  const user = createClient(app.url, "user");
  for (const path of paths) expect((await user.fetch(`/api/debug/${requestId}${path}`)).status).toBe(403);
  expect((await user.fetch(`/api/debug/${requestId}`, { method: "DELETE" })).status).toBe(403);
  expect((await user.fetch(`/debug/${requestId}`)).status).toBe(403);
  expect((await developer.fetch(`/api/debug/${requestId}`)).status).toBe(200);
});
