import type { IncomingMessage } from "node:http";
import { answerDatasets } from "./langfuse-datasets";
import { answerMetrics } from "./langfuse-metrics";
import { answerPrompts } from "./langfuse-prompts";
import {
  listObservations,
  listOldObservations,
  listOldTraces,
  listScores,
  toTraceAnswer,
} from "./langfuse-reads";
import type { Reply } from "./langfuse-reply";
import type { LangfuseState, ReceivedScore } from "./langfuse-state";
import { decodeProtobuf } from "./otlp-protobuf";
import { type OtlpRequest, spansOf } from "./otlp-request";

const notFound: Reply = { status: 404, json: { message: "Not found" } };

/** Langfuse's answer to one request; routes and shapes as in its public API description. */
export function answerLangfuse(state: LangfuseState, request: IncomingMessage, body: Buffer): Reply {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const route = `${request.method} ${url.pathname}`;
  if (route === "GET /api/public/health") return ok({ status: "OK", version: state.version });
  if (!hasKeys(state, request)) return { status: 401, json: { message: "Invalid credentials." } };
  if (route === "GET /api/public/projects") return ok({ data: [projectOf(state)] });
  if (route === "POST /api/public/otel/v1/traces") return ingest(state, request, body);
  if (route === "POST /api/public/scores") return createScore(state, JSON.parse(body.toString("utf8")));
  const [, method, kind, id = ""] = /^(\w+) \/api\/public\/(traces|scores)\/([\w-]+)$/.exec(route) ?? [];
  if (method === "GET" && kind === "traces") return getTrace(state, id);
  if (route === "DELETE /api/public/traces") return deleteTraces(state, JSON.parse(body.toString("utf8")));
  if (method === "DELETE" && kind === "scores") return state.scores.delete(id) ? { status: 204 } : notFound;
  const read = (isV4(state) ? readsV4 : readsV3)[route];
  if (read) return read(state, url.searchParams);
  const verb = request.method ?? "GET";
  return (
    answerDatasets(state.datasets, isV4(state), verb, url, body) ??
    answerPrompts(state.prompts, verb, url, body) ??
    notFound
  );
}

type Read = (state: LangfuseState, query: URLSearchParams) => Reply;
const readsV4: Readonly<Record<string, Read>> = {
  "GET /api/public/v2/observations": listObservations,
  "GET /api/public/v3/scores": listScores,
  "GET /api/public/v2/metrics": answerMetrics,
};
const readsV3: Readonly<Record<string, Read>> = {
  "GET /api/public/observations": listOldObservations,
  "GET /api/public/traces": listOldTraces,
  "GET /api/public/v2/scores": listScores,
  "GET /api/public/metrics": answerMetrics,
};

const ok = (json: unknown): Reply => ({ status: 200, json });
const isV4 = ({ version }: LangfuseState) => Number.parseInt(version, 10) >= 4;

function hasKeys({ publicKey, secretKey }: LangfuseState, { headers }: IncomingMessage): boolean {
  return headers.authorization === `Basic ${Buffer.from(`${publicKey}:${secretKey}`).toString("base64")}`;
}

function projectOf({ projectId }: LangfuseState) {
  return { id: projectId, name: "Sidetrace", organization: { id: "org-1", name: "Sidetrace" }, metadata: {} };
}

function ingest(state: LangfuseState, { headers }: IncomingMessage, body: Buffer): Reply {
  const type = headers["content-type"] ?? "";
  const protobuf = type.includes("application/x-protobuf");
  if (!protobuf && !type.includes("application/json")) return invalid("Invalid content type");
  const request: OtlpRequest = protobuf ? decodeProtobuf(body) : JSON.parse(body.toString("utf8"));
  const spans = spansOf(request);
  const rejected = Math.min(state.rejectPerBody(), spans.length);
  state.traces.add(spans.slice(0, spans.length - rejected));
  if (rejected === 0) return ok({});
  return ok({ partialSuccess: { rejectedSpans: String(rejected), errorMessage: "too large" } });
}

/** Before version 4; from then on this route knows no trace. */
function getTrace(state: LangfuseState, id: string): Reply {
  const trace = isV4(state) || state.hidden ? undefined : state.traces.get(id);
  return trace ? toTraceAnswer(state, trace) : notFound;
}

/** A trace takes its observations along; scores stay until they are deleted themselves. */
function deleteTraces({ traces }: LangfuseState, { traceIds }: { traceIds?: unknown }): Reply {
  if (!Array.isArray(traceIds)) return invalid("traceIds is required");
  for (const id of traceIds) traces.delete(String(id));
  return ok({ message: "Traces deleted successfully" });
}

function createScore(state: LangfuseState, score: Partial<ReceivedScore>): Reply {
  const { id, traceId, name, value, dataType, comment, metadata } = score;
  if (!id || !traceId || !name || value === undefined || !dataType) return invalid("Invalid request data");
  if (dataType === "BOOLEAN" && value !== 0 && value !== 1) return invalid("Boolean scores are 0 or 1");
  state.scores.set(id, { id, traceId, name, value, dataType, comment: comment ?? null, metadata });
  return ok({ id });
}

const invalid = (message: string): Reply => ({ status: 400, json: { message } });
