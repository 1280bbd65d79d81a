import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** Which part of Langfuse does not work, and which version it is. */
export interface LangfuseScript {
  version: string;
  /** What writes the traces where they can be read. */
  worker: "works" | "absent" | "loses generations";
  clickhouse: "works" | "absent";
  bucket: "works" | "absent";
  postgres: "works" | "absent";
  /** How its health route answers. */
  front: "works" | "starting" | "another program" | "silent";
}

export interface LangfuseServer extends AsyncDisposable {
  url: string;
  /** `METHOD path` of every request, without its query. */
  requests: string[];
}

interface Kept {
  id: string;
  traceId: string;
  type: string;
}

export const KEYS = { publicKey: "pk-lf-doctor", secretKey: "sk-lf-doctor-secret" };
const AUTHORIZATION = `Basic ${Buffer.from(`${KEYS.publicKey}:${KEYS.secretKey}`).toString("base64")}`;

/** A server on loopback that answers as Langfuse does while some part of it does not work. */
export async function startLangfuseServer(script: Partial<LangfuseScript> = {}): Promise<LangfuseServer> {
  const state: LangfuseScript & { kept: Kept[] } = {
    version: "4.16.0",
    worker: "works",
    clickhouse: "works",
    bucket: "works",
    postgres: "works",
    front: "works",
    ...script,
    kept: [],
  };
  const requests: string[] = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const route = `${request.method} ${url.pathname}`;
    requests.push(route);
    await answer(state, route, url.searchParams, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(
  state: LangfuseScript & { kept: Kept[] },
  route: string,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const send = (status: number, json: unknown) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(json));
  const body = await text(request);
  const isV4 = Number.parseInt(state.version, 10) >= 4;
  if (state.front === "silent") return;
  if (state.front === "another program") return void response.end("<!doctype html><title>Grafana</title>");
  if (state.front === "starting") return void send(503, { message: "starting" });
  if (route === "GET /api/public/health") return void send(200, { status: "OK", version: state.version });
  if (state.postgres === "absent") return void send(500, { message: "no database" });
  if (request.headers.authorization !== AUTHORIZATION)
    return void send(401, { message: "Invalid credentials" });
  if (route === "GET /api/public/projects")
    return void send(200, { data: [{ id: "project-1", name: "One" }] });
  if (route === "POST /api/public/otel/v1/traces") {
    if (state.bucket === "absent") return void send(500, { message: "no bucket" });
    if (state.worker !== "absent") state.kept.push(...observationsIn(body, state.worker === "works"));
    return void send(200, {});
  }
  if (route === `GET /api/public/${isV4 ? "v2/" : ""}observations`) {
    if (state.clickhouse === "absent") return void send(500, { message: "no ClickHouse" });
    const traceId = query.get("traceId");
    return void send(200, {
      data: state.kept.filter((kept) => traceId === null || kept.traceId === traceId),
      meta: {},
    });
  }
  const [, deleted] = /^DELETE \/api\/public\/traces\/(\w+)$/.exec(route) ?? [];
  if (deleted === undefined) return void send(404, { message: "Not found" });
  state.kept = state.kept.filter(({ traceId }) => traceId !== deleted);
  send(200, { message: "Trace deleted successfully" });
}

/** The spans of an OTLP body in JSON, as Langfuse lists them. */
function observationsIn(body: string, generations: boolean): Kept[] {
  const { resourceSpans } = JSON.parse(body);
  return resourceSpans
    .flatMap(({ scopeSpans }: { scopeSpans: { spans: unknown[] }[] }) =>
      scopeSpans.flatMap(({ spans }) => spans),
    )
    .map(
      (span: {
        traceId: string;
        spanId: string;
        attributes: { key: string; value: { stringValue: string } }[];
      }) => ({
        id: span.spanId,
        traceId: span.traceId,
        type: (
          span.attributes.find(({ key }) => key === "langfuse.observation.type")?.value.stringValue ?? "span"
        ).toUpperCase(),
      }),
    )
    .filter(({ type }: Kept) => generations || type !== "GENERATION");
}
