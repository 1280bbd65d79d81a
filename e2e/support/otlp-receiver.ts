import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { gunzipSync } from "node:zlib";
import { emptyDatasets, type KeptDatasets } from "./langfuse-datasets";
import { answerLangfuse } from "./langfuse-routes";
import type { LangfuseIdentity, LangfuseState, ReceivedScore } from "./langfuse-state";
import type { ReceivedTrace } from "./otlp-decode";
import { createReceivedTraces, type SpanAttributes } from "./received-traces";
import { createFaultSwitch, type Fault, type FaultScope } from "./receiver-fault";

export interface OtlpReceiverOptions extends LangfuseIdentity {
  /** 0 (default): any free one. */
  port: number;
}

/** A server on 127.0.0.1 that plays the part of Langfuse's API that Sidetrace uses. */
export interface OtlpReceiver extends OtlpReceiverOptions {
  url: string;
  traces(): ReceivedTrace[];
  trace(id: string): ReceivedTrace | undefined;
  spans(): readonly SpanAttributes[];
  /** By id. */
  scores(): ReadonlyMap<string, ReceivedScore>;
  datasets(): Readonly<KeptDatasets>;
  /** `METHOD path` of every request, in order. */
  requests(): readonly string[];
  /** Null ends the fault; requests that hang are cut off. The scope is "ingestion" unless told. */
  setFault(fault: Fault | null, scope?: FaultScope): void;
  /** While hidden, no API tells that a trace is there, as before Langfuse's worker has been at it. */
  setHidden(hidden: boolean): void;
  close(): Promise<void>;
}

/** Body of `/__control/fault` and `/__control/hidden`. */
interface Control {
  fault?: Fault | null;
  scope?: FaultScope;
  hidden?: boolean;
}

const defaults: OtlpReceiverOptions = {
  port: 0,
  version: "4.16.0",
  publicKey: "pk-lf-test",
  secretKey: "sk-lf-test",
  projectId: "project-1",
};

export async function startOtlpReceiver(changes: Partial<OtlpReceiverOptions> = {}): Promise<OtlpReceiver> {
  const options = { ...defaults, ...changes };
  const faults = createFaultSwitch();
  const state: LangfuseState = {
    ...options,
    traces: createReceivedTraces(),
    scores: new Map(),
    datasets: emptyDatasets(),
    prompts: new Map(),
    hidden: false,
    rejectPerBody: faults.rejectPerBody,
  };
  const requests: string[] = [];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url: path = "/" } = request;
    const body = await readBody(request);
    if (path.startsWith("/__control/")) return control(path, body, response);
    requests.push(`${method} ${path}`);
    if (await faults.strike(method, response)) return;
    const { status, json } = answerLangfuse(state, request, body);
    sendJson(response, status, json);
  }

  /** The same knobs over HTTP, for when the receiver is a process of its own. */
  function control(path: string, body: Buffer, response: ServerResponse): void {
    const given: Control = body.length > 0 ? JSON.parse(body.toString("utf8")) : {};
    if (path === "/__control/fault") faults.set(given.fault ?? null, given.scope);
    if (path === "/__control/hidden") state.hidden = given.hidden === true;
    sendJson(response, 200, { traces: state.traces.all(), scores: [...state.scores.values()], requests });
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => sendJson(response, 400, { error: String(error) }));
  });
  const port = await listen(server, options.port);
  return {
    ...options,
    port,
    url: `http://127.0.0.1:${port}`,
    traces: state.traces.all,
    trace: state.traces.get,
    spans: state.traces.spans,
    scores: () => state.scores,
    datasets: () => state.datasets,
    requests: () => requests,
    setFault: faults.set,
    setHidden(hidden) {
      state.hidden = hidden;
    },
    close: () => close(server),
  };
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  return typeof address === "object" && address ? address.port : port;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  return request.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body;
}

function sendJson(response: ServerResponse, status: number, json: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(json === undefined ? "" : JSON.stringify(json));
}
