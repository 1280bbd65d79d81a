import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { type AppServer, DEBUG_TOKEN, startApp } from "../support/app-server";
import { createClient } from "../support/ask";
import { expect, test } from "../support/fixtures";
import { startModelServer } from "../support/model-server";
import { startOtlpReceiver } from "../support/otlp-receiver";
import { NOBODY } from "./route-table";

const QUESTION = "How long is debug data kept?";

const auditLines = (app: AppServer) =>
  app
    .output()
    .split("\n")
    .filter((line) => line.includes('"audit"'))
    .map((line) => JSON.parse(line));

test("each look at another person's run is one line: who by role, which run, how, and nothing of it", async () => {
  await using app = await startApp({ DEBUG_COLLECT: "all", LOG_LEVEL: "info" });
  const lines = () => auditLines(app);
  const cookie = { value: "" };
  const { requestId } = await createClient(app.url, "user", cookie).answer({ message: QUESTION });
  const owner = createClient(app.url, "debug", cookie);
  const developer = createClient(app.url, "debug");
  const admin = createClient(app.url, "admin");

  const run = `/api/debug/${requestId}`;
  const record = await (await owner.fetch(`${run}?view=record`)).json();
  const { cursor } = await (await owner.fetch(run)).json();
  expect(lines()).toEqual([]);

  await developer.fetch(`${run}?after=${cursor}`);
  await developer.fetch(`/api/debug/${NOBODY}?view=record`);
  await createClient(app.url, "user").fetch(run);
  expect(lines()).toEqual([]);

  await developer.fetch(run);
  await admin.fetch(`${run}?view=record`);
  const mcp = new Client({ name: "attack", version: "1.0.0" });
  const requestInit = { headers: { authorization: `Bearer ${DEBUG_TOKEN}` } };
  await mcp.connect(new StreamableHTTPClientTransport(new URL(`${app.url}/api/mcp`), { requestInit }));
  await mcp.callTool({ name: "get_run", arguments: { request_id: requestId } });
  await mcp.callTool({ name: "compare_runs", arguments: { a: requestId, b: requestId } });
  await mcp.close();
  await developer.answer({ message: QUESTION, replay_of: requestId });
  await admin.fetch(run, { method: "DELETE" });

  const told = [
    ["events", "debug"],
    ["record", "admin"],
    ["get_run", "debug"],
    ["compare_runs", "debug"],
    ["compare_runs", "debug"],
    ["replay", "debug"],
    ["delete", "admin"],
  ];
  await expect.poll(() => lines().map(({ audit, role }) => [audit, role])).toEqual(told);
  for (const line of lines())
    expect(Object.keys(line).toSorted()).toEqual(["audit", "level", "msg", "request_id", "role", "time"]);
  expect(new Set(lines().map(({ request_id }) => request_id))).toEqual(new Set([requestId]));
  const browser = decodeURIComponent(cookie.value).split("=")[1]?.split(".")[0] ?? "no cookie";
  expect(app.output()).not.toContain(browser);
  expect(app.output()).not.toContain(record.answer);
  expect(app.output()).not.toContain(QUESTION);
});

test("so is each long part of it that is read, each dataset that it goes to, and its being sent again", async () => {
  const receiver = await startOtlpReceiver();
  receiver.setFault({ kind: "status", status: 500 });
  await using model = await startModelServer({ pieces: ["A long answer. ".repeat(6000)] });
  await using app = await startApp({
    DEBUG_COLLECT: "all",
    LOG_LEVEL: "info",
    OPENAI_BASE_URL: model.url,
    CHAT_MODEL: "gpt-4o-mini",
    LANGFUSE_ENABLED: "true",
    LANGFUSE_HOST: receiver.url,
    LANGFUSE_PUBLIC_KEY: receiver.publicKey,
    LANGFUSE_SECRET_KEY: receiver.secretKey,
  });
  const { requestId } = await createClient(app.url, "user").answer({ message: QUESTION });
  const developer = createClient(app.url, "debug");
  const run = `/api/debug/${requestId}`;
  const record = await (await developer.fetch(`${run}?view=record`)).json();
  const expected = { dataset: "kept", create: true, expected_output: "An hour." };
  // Only what waits is sent again.
  expect((await developer.fetch(`${run}/export`, { method: "POST" })).status).toBe(202);
  receiver.setFault(null);
  const looks: [path: string, status: number, init?: RequestInit][] = [
    [`${run}/payloads/${record.generations[0].span_id}?part=response`, 200],
    [`${run}/dataset`, 200],
    [`${run}/dataset`, 201, { method: "POST", body: JSON.stringify(expected) }],
  ];
  const headers = { "content-type": "application/json" };
  for (const [path, status, init] of looks)
    expect.soft((await developer.fetch(path, { headers, ...init })).status, path).toBe(status);
  const told = ["record", "resend", "payload", "dataset", "dataset"];
  await expect.poll(() => auditLines(app).map(({ audit }) => audit)).toEqual(told);
  await receiver.close();
});
