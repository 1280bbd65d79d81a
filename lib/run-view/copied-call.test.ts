import { execFile, spawnSync } from "node:child_process";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { buildCurl } from "./curl";
import type { ModelCall } from "./model-call";
import { buildNodeCall } from "./node-call";

const run = promisify(execFile);
const REPLY = 'data: {"choices":[{"delta":{"content":"好"}}]}\n\ndata: [DONE]\n\n';

/** A model server on loopback that remembers what it was asked. */
async function openModelServer() {
  const calls: { url: string | undefined; key: string | undefined; body: unknown }[] = [];
  const server = createServer(async (request, response) => {
    const body: unknown = JSON.parse(await textOf(request));
    calls.push({ url: request.url, key: request.headers.authorization, body });
    response.writeHead(200, { "content-type": "text/event-stream" }).end(REPLY);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    calls,
    env: { ...process.env, OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`, OPENAI_API_KEY: "k-'1" },
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

const content = `it's "$(id)" \`id\` \\n \${x} !! 密钥在哪里？\u2028\n\ttab <b> 🙂`;
const call = (text: string): ModelCall => ({
  model: "gpt-4o-mini",
  parameters: { stream: true, temperature: 0.2, stop: ["'", '"'] },
  messages: [
    { role: "system", content: "Answer briefly.", tokens: 3, parts: [] },
    { role: "user", content: text, tokens: 9, parts: [] },
  ],
});
const sent = (text: string) => ({
  url: "/v1/chat/completions",
  key: "Bearer k-'1",
  body: {
    model: "gpt-4o-mini",
    stream: true,
    temperature: 0.2,
    stop: ["'", '"'],
    messages: [
      { role: "system", content: "Answer briefly." },
      { role: "user", content: text },
    ],
  },
});

/** Feeds a program its text as pasting would, and gives back what it printed. */
async function paste(program: string, args: string[], text: string, env: NodeJS.ProcessEnv): Promise<string> {
  const running = run(program, args, { env, maxBuffer: 1e7 });
  running.child.stdin?.end(`${text}\n`);
  return (await running).stdout;
}

const hasCurl = spawnSync("curl", ["--version"]).status === 0;

describe("a copied call, run as it is against a model server", () => {
  for (const [length, text] of [
    ["short", content],
    ["longer than an argument may be", content.repeat(3000)],
  ] as const) {
    it.skipIf(!hasCurl)(`is the very call again as cURL in bash: ${length}`, async () => {
      await using server = await openModelServer();
      expect(await paste("bash", ["--norc", "-s"], buildCurl(call(text)), server.env)).toBe(REPLY);
      expect(server.calls).toEqual([sent(text)]);
    });

    it(`is the very call again as a Node script: ${length}`, async () => {
      await using server = await openModelServer();
      const args = ["--input-type=module"];
      expect(await paste(process.execPath, args, buildNodeCall(call(text)), server.env)).toBe(REPLY);
      expect(server.calls).toEqual([sent(text)]);
    });
  }
});
