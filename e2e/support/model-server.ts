import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { drained } from "./drained";

/** What the server does with one chat completion. */
export interface ModelScript {
  /** Refuses with this status instead of answering. */
  status?: number;
  /** What the refusal says. */
  refusal?: string;
  /** The answer's pieces. */
  pieces?: string[];
  /** What a request that wants the answer whole is answered, by its last message; `{}` where left out. */
  whole?: (message: string) => string;
  /** Between two pieces. */
  pauseMs?: number;
  /** Waited for before the piece with this index. */
  holdAt?: { index: number; until: Promise<void> };
  /** Closes the connection after this many pieces. */
  cutAfter?: number;
  /** Sends what is no JSON after this many pieces. */
  garbleAfter?: number;
}

/** A request as the server got it. */
export interface ModelRequest {
  messages: { role: string; content: string }[];
  stream?: boolean;
}

/** A real HTTP server that speaks OpenAI's chat completions and does what the test says. */
export interface ModelServer {
  url: string;
  /** How every request is answered from now on, or how each one is. */
  script(script: ModelScript | ((request: ModelRequest) => ModelScript)): void;
  /** Bodies of the requests so far. */
  requests: ModelRequest[];
  /** Refuses connections, and ends those that are open, until `listen`. */
  refuse(): Promise<void>;
  /** Listens again, on the same port. */
  listen(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export const USAGE = { prompt_tokens: 120, completion_tokens: 30, total_tokens: 150 };

export async function startModelServer(initial: ModelScript): Promise<ModelServer> {
  let scriptOf = (_request: ModelRequest): ModelScript => initial;
  const requests: ModelServer["requests"] = [];
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await readBody(request));
    requests.push(body);
    const script = scriptOf(body);
    if (script.status !== undefined) return refuseWith(response, script.status, script.refusal);
    if (!body.stream) return answerWhole(response, script.whole?.(body.messages.at(-1).content) ?? "{}");
    await answerStream(response, body.model, script);
  });
  const port = await listen(server, 0);
  async function refuse(): Promise<void> {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    script: (next) => {
      scriptOf = typeof next === "function" ? next : () => next;
    },
    refuse,
    listen: async () => void (await listen(server, port)),
    [Symbol.asyncDispose]: refuse,
  };
}

async function answerStream(response: ServerResponse, model: string, script: ModelScript): Promise<void> {
  response.writeHead(200, { "content-type": "text/event-stream" });
  const send = (fields: object) =>
    response.write(
      `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 0, model, ...fields })}\n\n`,
    );
  for (const [index, content] of (script.pieces ?? []).entries()) {
    if (script.holdAt?.index === index) await script.holdAt.until;
    if (script.cutAfter === index) return cut(response);
    if (script.garbleAfter === index) response.write("data: {this is not JSON\n\n");
    if (response.destroyed) return;
    send({ choices: [{ index: 0, delta: { content }, finish_reason: null }] });
    await drained(response);
    if (script.pauseMs) await wait(script.pauseMs);
  }
  send({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] });
  send({ choices: [], usage: USAGE });
  response.end("data: [DONE]\n\n");
}

/** What was sent arrives, and nothing more. */
async function cut(response: ServerResponse): Promise<void> {
  await new Promise((resolve) => response.write(": cut\n\n", resolve));
  response.destroy();
}

function answerWhole(response: ServerResponse, content: string): void {
  const choices = [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }];
  response.writeHead(200, { "content-type": "application/json" });
  response.end(
    JSON.stringify({ id: "c", object: "chat.completion", created: 0, model: "m", choices, usage: USAGE }),
  );
}

function refuseWith(response: ServerResponse, status: number, message = "scripted refusal"): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify({ error: { message, type: "scripted", code: null } }));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      if (address && typeof address === "object") resolve(address.port);
      else reject(new Error("no port"));
    });
  });
}
