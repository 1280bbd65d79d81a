import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { DEBUG_TOKEN, startApp } from "../support/app-server";
import { createClient } from "../support/ask";
import { expect, test } from "../support/fixtures";
import { NOBODY } from "./route-table";

const QUESTION = "How long is debug data kept?";

test("each look at another person's run is one line: who by role, which run, how, and nothing of it", async () => {
  await using app = await startApp({ DEBUG_COLLECT: "all", LOG_LEVEL: "info" });
  const lines = () =>
    app
      .output()
      .split("\n")
      .filter((line) => line.includes('"audit"'))
      .map((line) => JSON.parse(line));
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
