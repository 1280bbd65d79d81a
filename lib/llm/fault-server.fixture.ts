import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

interface ReceivedRequest {
  url: string;
  headers: IncomingMessage["headers"];
  /** The parsed JSON body. */
  body: Record<string, unknown>;
  /** Settles when the connection is gone, true when it went before our answer was finished. */
  cutByClient: Promise<boolean>;
}

export interface FaultServer extends AsyncDisposable {
  baseUrl: string;
  requests: ReceivedRequest[];
}

/** Answers one request; `attempt` counts from 1. */
export type Respond = (response: ServerResponse, request: ReceivedRequest, attempt: number) => void;

/** A model server on loopback for tests, which answers what a test says, also what no server should. */
export async function startFaultServer(respond: Respond): Promise<FaultServer> {
  const requests: ReceivedRequest[] = [];
  const server = createServer(async (request, response) => {
    const cutByClient = new Promise<boolean>((resolve) => {
      response.on("close", () => resolve(!response.writableFinished));
    });
    const body = JSON.parse((await text(request)) || "{}");
    const received = { url: request.url ?? "", headers: request.headers, body, cutByClient };
    requests.push(received);
    respond(response, received, requests.length);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Begins an event stream and writes values as its events; the response stays open. */
export function sendEvents(response: ServerResponse, values: readonly unknown[]): void {
  if (!response.headersSent) response.writeHead(200, { "content-type": "text/event-stream" });
  for (const value of values) response.write(`data: ${JSON.stringify(value)}\n\n`);
}

/** A chunk with text, in the shape of OpenAI's. */
export function textChunk(content: string) {
  return { model: "served-model", choices: [{ index: 0, delta: { content }, finish_reason: null }] };
}

/** The chunk that ends the text. */
export function finishChunk(finish_reason = "stop") {
  return { model: "served-model", choices: [{ index: 0, delta: {}, finish_reason }] };
}

/** The chunk that brings the usage. */
export function usageChunk(prompt_tokens: number, completion_tokens: number) {
  const total_tokens = prompt_tokens + completion_tokens;
  return { model: "served-model", choices: [], usage: { prompt_tokens, completion_tokens, total_tokens } };
}

/** A whole good answer: two tokens, the end, the usage, the end mark. */
export function sendAnswer(response: ServerResponse): void {
  sendEvents(response, [textChunk("Hello"), textChunk(" there"), finishChunk(), usageChunk(7, 2)]);
  response.end("data: [DONE]\n\n");
}

export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: object = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(value));
}

/** An error in OpenAI's shape whose text holds what must never reach a reader. */
export function sendError(
  response: ServerResponse,
  status: number,
  error: { message?: string; code?: string; param?: string; type?: string } = {},
  headers: object = {},
): void {
  const shape = {
    message: "sk-secret at internal-host said no",
    type: "some_error",
    param: null,
    code: null,
    ...error,
  };
  sendJson(response, status, { error: shape }, headers);
}
