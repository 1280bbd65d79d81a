import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { DEBUG_TOKEN } from "./support/app-server";
import { createClient } from "./support/ask";
import { expect, test } from "./support/fixtures";

const QUESTION = "How long is debug data kept?";

/** The official SDK's client, as a coding agent has it. */
async function connect(url: string): Promise<Client & AsyncDisposable> {
  const client = new Client({ name: "e2e", version: "1.0.0" });
  const requestInit = { headers: { authorization: `Bearer ${DEBUG_TOKEN}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL(`${url}/api/mcp`), { requestInit }));
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.close() });
}

async function call(client: Client, name: string, input: Record<string, unknown>) {
  const result = await client.callTool({ name, arguments: input });
  const [content] = result.content;
  const text = content?.type === "text" ? content.text : "";
  return { failed: result.isError === true, text, json: result.isError ? null : JSON.parse(text) };
}

test("an agent finds a run, reads it, tries its retrieval and compares it with another", async ({ app }) => {
  const caller = createClient(app.url);
  const first = await caller.answer({ message: QUESTION });
  const second = await caller.answer({ message: QUESTION, agent_type: "graph_agent" });
  await using client = await connect(app.url);
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name).sort()).toEqual([
    "compare_runs",
    "get_run",
    "list_runs",
    "search_passages",
  ]);
  for (const { description, inputSchema, annotations } of tools) {
    expect(description).toBeTruthy();
    expect(inputSchema).toMatchObject({ type: "object", additionalProperties: false });
    expect(annotations).toMatchObject({ readOnlyHint: true });
  }

  const listed = await call(client, "list_runs", { q: QUESTION, limit: 2 });
  expect(listed.json.items.map((item: { request_id: string }) => item.request_id)).toEqual([
    second.requestId,
    first.requestId,
  ]);
  const brief = await call(client, "get_run", { request_id: first.requestId });
  expect(brief.json).toMatchObject({
    message: QUESTION,
    status: "success",
    route_decision: { kb_prefix: "sidetrace" },
  });
  expect(brief.json).not.toHaveProperty("spans");
  const spans = await call(client, "get_run", { request_id: first.requestId, parts: ["timeline", "prompt"] });
  expect(spans.json.spans[0].name).toBe("rag_chat");
  expect(spans.json.generations).toHaveLength(1);
  const found = await call(client, "search_passages", { query: QUESTION, kb_prefix: "sidetrace", top_k: 3 });
  expect(found.json.results).toHaveLength(3);
  expect(found.json.results[0].text).toContain("1 hour");
  const compared = await call(client, "compare_runs", { a: first.requestId, b: second.requestId });
  expect(compared.json).toMatchObject({ identical: false, a: { request_id: first.requestId } });
  for (const { text } of [brief, spans, found, compared]) expect(text.length).toBeLessThanOrEqual(100_000);
});

test("what cannot be answered is an error of the tool, in a sentence that names no inside", async ({
  app,
}) => {
  await using client = await connect(app.url);
  const unknown = await call(client, "get_run", { request_id: "0190b7a2-0000-7000-8000-000000000000" });
  expect(unknown).toMatchObject({ failed: true, text: expect.stringMatching(/not stored here/) });
  const noSuchKb = await call(client, "search_passages", { query: "x", kb_prefix: "nowhere" });
  expect(noSuchKb).toMatchObject({ failed: true, text: "There is no such knowledge base." });
  const cursor = await call(client, "list_runs", { before: "nonsense" });
  expect(cursor.failed).toBe(true);
  for (const input of [{ request_id: "../etc" }, { request_id: 7 }, {}, { request_id: "x", extra: 1 }]) {
    const outcome = await call(client, "get_run", input).catch((error: unknown) => ({
      failed: error instanceof Error,
    }));
    expect(outcome.failed).toBe(true);
  }
});

test("nobody without the debug role gets a word, and no other site", async ({ app }) => {
  const post = (headers: Record<string, string>, body = "{}") =>
    fetch(`${app.url}/api/mcp`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        ...headers,
      },
      body,
    });
  const authorization = `Bearer ${DEBUG_TOKEN}`;
  const refused = await post({});
  expect([refused.status, (await refused.json()).error.code]).toEqual([403, "forbidden"]);
  expect((await post({ authorization: "Bearer nobody" })).status).toBe(401);
  expect((await post({ authorization, origin: "http://rebound.test" })).status).toBe(403);
  expect((await post({ authorization }, "x".repeat(70_000))).status).toBe(413);
  expect((await post({ authorization }, "not JSON")).status).toBe(400);
  const get = await fetch(`${app.url}/api/mcp`, { headers: { authorization } });
  expect([get.status, get.headers.get("allow")]).toEqual([405, "POST"]);
});
