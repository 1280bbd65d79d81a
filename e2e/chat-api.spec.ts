import { runRecordSchema } from "@/lib/domain/run-record";
import { createClient, textOf } from "./support/ask";
import { expect, test } from "./support/fixtures";
import { USAGE } from "./support/model-server";

const QUESTION = "How long is debug data kept?";

test("an answer is one start, progress, sources before tokens, and one done", async ({ app }) => {
  const client = createClient(app.url);
  const { response, frames } = await client.ask({ message: QUESTION, kb_prefix: "sidetrace" });
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  expect(response.headers.get("cache-control")).toBe("no-cache, no-transform");
  const requestId = response.headers.get("x-request-id");
  expect(response.headers.get("x-debug-url")).toBe(`/debug/${requestId}`);
  const all = [];
  for await (const { id, frame } of frames) {
    all.push(frame);
    expect(id).toBe(all.length);
  }
  const statuses = all.map(({ status }) => status);
  expect(statuses[0]).toBe("start");
  expect(statuses.at(-1)).toBe("done");
  expect(statuses.filter((status) => status === "sources")).toHaveLength(1);
  expect(statuses.indexOf("sources")).toBeLessThan(statuses.indexOf("token"));
  expect(textOf(all)).toMatch(/hour|3600/);
  expect(textOf(all)).toMatch(/\[\d\]/);
});

test("the record of a request holds every field of the contract with true values", async ({ app }) => {
  const client = createClient(app.url);
  const { requestId, frames } = await client.answer({ message: QUESTION });
  const record = runRecordSchema.parse(
    await (await client.fetch(`/api/debug/${requestId}?view=record`)).json(),
  );
  expect(record).toMatchObject({
    status: "success",
    kb_prefix: "sidetrace",
    agent_type: "auto",
    answer: textOf(frames),
  });
  expect(record.rag_plan).toHaveLength(3);
  expect(record.rag_runs.map(({ error }) => error)).toEqual([null, null, null]);
  expect(record.route_decision?.alternatives.length).toBeGreaterThan(1);
  const kept = record.context?.passages.filter(({ state }) => state === "in_prompt") ?? [];
  const sources = frames.find((frame) => frame.status === "sources");
  expect(sources?.status === "sources" && sources.content.map(({ passage_id }) => passage_id)).toEqual(
    kept.map(({ passage_id }) => passage_id),
  );
  expect(record.context?.retrieved).toBe(record.rag_runs.reduce((sum, run) => sum + run.retrieval_count, 0));
  expect(record.citations.length).toBeGreaterThan(0);
  for (const { n, start, end } of record.citations) expect(record.answer.slice(start, end)).toBe(`[${n}]`);
  const done = frames.at(-1);
  expect(done?.status === "done" && done.usage).toEqual(
    record.generations.find(({ purpose }) => purpose === "answer")?.usage,
  );
  expect(record.performance_metrics).toMatchObject({
    cost_usd: 0,
    node_count: record.spans.length,
    error_count: 0,
  });
  expect(record.trace.state).toBe("disabled");
});

test("events are polled by cursor, without gap, and nothing new is empty", async ({ app }) => {
  const client = createClient(app.url);
  const { requestId } = await client.answer({ message: QUESTION });
  const poll = async (after: string) => (await client.fetch(`/api/debug/${requestId}?after=${after}`)).json();
  const all = await poll("0");
  expect(all).toMatchObject({
    status: "success",
    source: "memory",
    degraded: false,
    truncated: 0,
    dropped: 0,
  });
  expect(all.events.map(({ seq }: { seq: number }) => seq)).toEqual(
    all.events.map((_: unknown, index: number) => index + 1),
  );
  expect(all.events.some(({ type }: { type: string }) => type === "token")).toBe(false);
  const rest = await poll(all.cursor);
  expect(rest.events).toEqual([]);
  expect(rest.cursor).toBe(all.cursor);
  const half = await poll("5");
  expect(half.events[0].seq).toBe(6);
});

test("auto routes between the knowledge bases, and small talk is not searched", async ({ app }) => {
  const client = createClient(app.url);
  const cases = [
    ["How many days of parental leave do I get?", "tallgrass"],
    ["成都办公室的年假有多少天？", "tallgrass"],
    ["What does the debug sidebar show?", "sidetrace"],
    ["调试侧边栏会显示什么？", "sidetrace"],
    ["Hello!", "general"],
  ] as const;
  for (const [message, prefix] of cases) {
    const { requestId } = await client.answer({ message });
    const record = await (await client.fetch(`/api/debug/${requestId}?view=record`)).json();
    expect.soft(record.route_decision.kb_prefix, message).toBe(prefix);
  }
});

test("bad input is a 400 with a sentence, other faults have their own code", async ({ app }) => {
  const client = createClient(app.url);
  const post = (path: string, body: string, type = "application/json") =>
    client.fetch(path, { method: "POST", body, headers: { "content-type": type } });
  const unknown = "0190a2b3-4c5d-7e6f-8a9b-0c1d2e3f4a5b";
  const cases: [string, Promise<Response>, number, string][] = [
    ["no JSON", post("/api/chat", "{"), 400, "invalid_request"],
    ["an empty message", post("/api/chat", '{"message":" "}'), 400, "invalid_request"],
    ["an unknown key", post("/api/chat", '{"message":"a","x":1}'), 400, "invalid_request"],
    ["an unknown prefix", post("/api/chat", '{"message":"a","kb_prefix":"nowhere"}'), 400, "invalid_request"],
    ["another media type", post("/api/chat", "a", "text/plain"), 415, "unsupported_media_type"],
    [
      "a large body",
      post("/api/chat", JSON.stringify({ message: "x".repeat(70_000) })),
      413,
      "payload_too_large",
    ],
    ["another method", client.fetch("/api/chat"), 405, "method_not_allowed"],
    ["a cursor that is no number", client.fetch(`/api/debug/${unknown}?after=x`), 400, "invalid_request"],
    ["an unknown run", client.fetch(`/api/debug/${unknown}`), 404, "not_found"],
    ["a limit out of range", client.fetch("/api/debug?limit=101"), 400, "invalid_request"],
    ["an unknown parameter", client.fetch("/api/sessions?x=1"), 400, "invalid_request"],
    ["an address that cannot be read", client.fetch("/api/passages/%ff"), 400, "invalid_request"],
    ["the API's own address", client.fetch("/api"), 404, "not_found"],
    ["a number that is not written like one", client.fetch("/api/debug?limit=1e1"), 400, "invalid_request"],
    ["an unknown address", client.fetch("/api/nothing/here"), 404, "not_found"],
    ["an unknown stream", client.fetch(`/api/chat/${unknown}/stream`), 404, "not_found"],
    [
      "a vote on an unknown answer",
      post("/api/feedback", `{"request_id":"${unknown}","value":"up"}`),
      404,
      "not_found",
    ],
  ];
  for (const [name, answer, status, code] of cases) {
    const response = await answer;
    const body = await response.json();
    expect.soft([response.status, body.error.code], name).toEqual([status, code]);
    expect.soft(body.error.message, name).toMatch(/^[A-Za-z].*[.)]?$/);
  }
});

test("debug is a role: 401 for an unknown token, 403 without the role, before any look-up", async ({
  app,
}) => {
  const user = createClient(app.url, "user");
  const unknown = "0190a2b3-4c5d-7e6f-8a9b-0c1d2e3f4a5b";
  const wrong = await user.fetch("/api/me", { headers: { authorization: "Bearer nobody" } });
  expect(wrong.status).toBe(401);
  for (const path of [`/api/debug/${unknown}`, "/api/debug/not-an-id", "/api/debug"]) {
    expect((await user.fetch(path)).status).toBe(403);
  }
  for (const field of ['"debug":true', `"replay_of":"${unknown}"`, '"overrides":{"top_k":3}']) {
    const response = await user.fetch("/api/chat", {
      method: "POST",
      body: `{"message":"a",${field}}`,
      headers: { "content-type": "application/json" },
    });
    expect(response.status).toBe(403);
  }
  const { requestId } = await user.answer({ message: "Hello" });
  expect((await createClient(app.url).fetch(`/api/debug/${requestId}`)).status).toBe(404);
});

test("a foreign origin may not change anything", async ({ app }) => {
  const client = createClient(app.url);
  const ask = (origin: string) =>
    client.fetch("/api/chat", {
      method: "POST",
      body: '{"message":"Hello"}',
      headers: { "content-type": "application/json", origin },
    });
  expect((await ask("https://evil.example")).status).toBe(403);
  expect((await ask("null")).status).toBe(403);
  expect((await ask(app.url)).status).toBe(200);
});

test("conversations belong to their browser", async ({ app }) => {
  const client = createClient(app.url);
  const { frames, requestId } = await client.answer({ message: QUESTION });
  const start = frames[0];
  if (start?.status !== "start") throw new Error("no start");
  const path = `/api/sessions/${start.session_id}`;
  const view = await (await client.fetch(path)).json();
  expect(view).toMatchObject({
    title: QUESTION,
    messages: [
      { role: "user", content: QUESTION },
      { role: "assistant", active: 0, versions: [{ request_id: requestId, status: "success" }] },
    ],
  });
  expect(view.owner).toBeUndefined();
  const patched = await client.fetch(path, {
    method: "PATCH",
    body: '{"title":"Renamed","pinned":true}',
    headers: { "content-type": "application/json" },
  });
  expect(await patched.json()).toMatchObject({ title: "Renamed", pinned: true });
  const found = await (await client.fetch("/api/sessions?q=renamed")).json();
  expect(found.items).toMatchObject([{ session_id: start.session_id, turns: 1 }]);
  expect(await (await client.fetch(`${path}/export?format=md`)).text()).toContain("# Renamed");
  const stranger = createClient(app.url);
  await stranger.answer({ message: "Hello" });
  for (const init of [{}, { method: "DELETE" }]) expect((await stranger.fetch(path, init)).status).toBe(404);
  expect((await client.fetch(path, { method: "DELETE" })).status).toBe(204);
  expect((await client.fetch(path)).status).toBe(404);
});

test("a model that fails gives one error frame with a code, then done", async ({
  scripted: { app, model },
}) => {
  const client = createClient(app.url);
  const cases = [
    [{ status: 401 }, "model_unauthorized"],
    [{ status: 429 }, "model_rate_limited"],
    [{ status: 500 }, "model_unavailable"],
    [{ pieces: [] }, "model_bad_response"],
    [{ pieces: ["Half an", " answer"], cutAfter: 1 }, "model_bad_response"],
    [{ pieces: ["never"], holdAt: { index: 0, until: new Promise<void>(() => {}) } }, "model_timeout"],
  ] as const;
  for (const [script, code] of cases) {
    model.script({ ...script, pieces: [...("pieces" in script ? script.pieces : [])] });
    const { frames } = await client.answer({
      message: "What does the debug sidebar show?",
      kb_prefix: "sidetrace",
    });
    const errors = frames.filter((frame) => frame.status === "error");
    expect.soft(errors, code).toMatchObject([{ code }]);
    expect.soft(frames.at(-1), code).toMatchObject({ status: "done", finish_reason: "error" });
    expect.soft(JSON.stringify(errors)).not.toContain("127.0.0.1");
  }
  model.script({ pieces: ["Fine. [1]"] });
  const { frames } = await client.answer({
    message: "What does the debug sidebar show?",
    kb_prefix: "sidetrace",
  });
  expect(frames.at(-1)).toMatchObject({ finish_reason: "stop", usage: USAGE });
});

test("a stopped answer keeps its part, and regenerating keeps the old one", async ({
  scripted: { app, model },
}) => {
  const client = createClient(app.url);
  model.script({
    pieces: ["One", " two", " three"],
    holdAt: { index: 1, until: new Promise<void>(() => {}) },
  });
  const { response, frames } = await client.ask({ message: "What does the debug sidebar show?" });
  const requestId = response.headers.get("x-request-id");
  let sessionId = "";
  let last = "";
  for await (const { frame } of frames) {
    if (frame.status === "start") sessionId = frame.session_id;
    if (frame.status === "token") {
      const stopped = await client.fetch(`/api/chat/${requestId}/stop`, { method: "POST" });
      expect(stopped.status).toBe(202);
    }
    if (frame.status === "done") last = frame.finish_reason;
  }
  expect(last).toBe("aborted");
  model.script({ pieces: ["Again."] });
  await client.answer({ message: "What does the debug sidebar show?", regenerate_of: requestId });
  const view = await (await client.fetch(`/api/sessions/${sessionId}`)).json();
  expect(view.messages[1]).toMatchObject({
    active: 1,
    versions: [
      { status: "aborted", content: "One" },
      { status: "success", content: "Again." },
    ],
  });
});

test("a silent model does not silence the stream: a ping comes after 15 s", async () => {
  test.setTimeout(90_000);
  const { startApp } = await import("./support/app-server");
  const { startModelServer } = await import("./support/model-server");
  await using model = await startModelServer({
    pieces: ["a"],
    holdAt: { index: 0, until: new Promise(() => {}) },
  });
  await using app = await startApp({ OPENAI_BASE_URL: model.url, MODEL_TIMEOUT_SECONDS: "18" });
  const response = await fetch(`${app.url}/api/chat`, {
    method: "POST",
    body: '{"message":"What does the debug sidebar show?","kb_prefix":"sidetrace"}',
    headers: { "content-type": "application/json" },
  });
  const text = await response.text();
  expect(text).toContain(": ping\n\n");
  expect(text).toContain('"code":"model_timeout"');
  expect(
    text.trimEnd().endsWith('"finish_reason":"error","usage":null}') ||
      text.includes('"finish_reason":"error"'),
  ).toBe(true);
});

test("health, readiness, knowledge bases, search and passages answer as the contract says", async ({
  app,
}) => {
  const user = createClient(app.url, "user");
  expect(await (await user.fetch("/api/health")).json()).toEqual({ status: "ok" });
  const ready = await (await user.fetch("/api/ready")).json();
  expect(ready).toMatchObject({
    status: "ready",
    checks: {
      debug_store: { state: "ok", backend: "memory" },
      langfuse: { state: "disabled", exported: 0, failed: 0, pending: 0, dropped: 0 },
      llm: { state: "ok", model: "offline" },
      index: { state: "ok" },
    },
  });
  const bases = await (await user.fetch("/api/knowledge-bases")).json();
  expect(bases.map(({ prefix }: { prefix: string }) => prefix).toSorted()).toEqual([
    "sidetrace",
    "tallgrass",
  ]);
  const found = await user.fetch("/api/search", {
    method: "POST",
    body: JSON.stringify({
      query: "parental leave",
      kb_prefix: "tallgrass",
      agent_type: "hybrid_agent",
      top_k: 3,
    }),
    headers: { "content-type": "application/json" },
  });
  const { results } = await found.json();
  expect(results).toHaveLength(3);
  expect(results[0].name).toContain("parental-leave");
  const passage = await (await user.fetch(`/api/passages/${results[0].passage_id}`)).json();
  expect(passage).toMatchObject({
    passage_id: results[0].passage_id,
    page: null,
    document: { name: results[0].name },
  });
});

test("an exported run can be imported, and opens under an id of its own", async ({ app }) => {
  const client = createClient(app.url);
  const { requestId } = await client.answer({ message: QUESTION });
  const record = await (await client.fetch(`/api/debug/${requestId}?view=record`)).json();
  const send = (body: object) =>
    client.fetch("/api/debug/import", {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
    });
  const imported = (await (await send(record)).json()).request_id;
  expect(imported).toMatch(/^import-[0-9a-f-]{36}$/);
  const again = await (await client.fetch(`/api/debug/${imported}?view=record`)).json();
  expect({ ...again, request_id: requestId }).toEqual(record);
  expect((await (await client.fetch(`/api/debug/${imported}`)).json()).source).toBe("import");
  const later = await send({ ...record, v: 2 });
  expect([later.status, (await later.json()).error.message]).toEqual([
    400,
    "v: this file was made by a later version of Sidetrace",
  ]);
  expect((await send({ v: 1, spans: "none" })).status).toBe(400);
  expect((await createClient(app.url, "user").fetch("/api/debug/import", { method: "POST" })).status).toBe(
    403,
  );
});
