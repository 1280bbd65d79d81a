import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { expect, it } from "vitest";
import { createMemoryDebugStore } from "@/lib/store/debug-store";
import { createMemoryRunStore } from "@/lib/store/memory-run-store";
import { sampleEvents, sampleHead, sampleSummary } from "@/lib/store/sample-run";
import { createMcpHandler } from "./create-mcp-handler";
import type { ToolPorts } from "./debug-tools";

const clock = { now: () => 0, monotonic: () => 0 };
const known = "0190b7a2-0000-7000-8000-000000000000";

/** The official client at a handler that has one run. */
async function connect(onFault: (error: unknown) => void = () => {}) {
  const memory = createMemoryRunStore({ clock, ttlSeconds: 60, maxRuns: 9, maxBytes: 1e6 });
  await memory.append(sampleHead(known), sampleEvents(known, 1, 2));
  await memory.putSummary({ ...sampleSummary(known), kb_prefix: "ha\u200b\u202endbook" });
  // Reading one run needs ports that are not there: what a fault of our own looks like.
  const debug = { runs: createMemoryDebugStore(memory) } as ToolPorts["debug"];
  const pipeline = { index: { knowledgeBase: async () => null } } as unknown as ToolPorts["pipeline"];
  const answer = createMcpHandler({ ports: async () => ({ debug, pipeline }), version: "1", onFault });
  const fetch = (url: string | URL, init?: RequestInit) => answer(new Request(url, init), async () => {});
  const client = new Client({ name: "test", version: "1" });
  await client.connect(new StreamableHTTPClientTransport(new URL("http://localhost/api/mcp"), { fetch }));
  return client;
}

it("offers its tools, each with a closed input, and answers them", async () => {
  const client = await connect();
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(["list_runs", "get_run", "search_passages", "compare_runs"]);
  for (const tool of tools) expect(tool.inputSchema).toMatchObject({ additionalProperties: false });
  const listed = await client.callTool({ name: "list_runs", arguments: { q: "rotate" } });
  expect(JSON.stringify(listed.content)).toContain(known);
  expect(JSON.stringify(listed.content)).toContain("handbook");
  await client.close();
});

it("says in a sentence what cannot be answered, and keeps its own faults to itself", async () => {
  const faults: unknown[] = [];
  const client = await connect((error) => faults.push(error));
  const call = (name: string, input: Record<string, unknown>) => client.callTool({ name, arguments: input });
  const nowhere = await call("search_passages", { query: "x", kb_prefix: "nowhere" });
  expect(nowhere).toMatchObject({ isError: true, content: [{ text: "There is no such knowledge base." }] });
  expect(faults).toEqual([]);
  const broken = await call("get_run", { request_id: known });
  expect(broken).toMatchObject({ isError: true, content: [{ text: expect.stringMatching(/on our side/) }] });
  expect(faults).toHaveLength(1);
  await client.close();
});
