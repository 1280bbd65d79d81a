import type { IncomingMessage } from "node:http";
import type { Observation } from "@/lib/observability/observation";
import { decodeProtobuf } from "./otlp-protobuf";
import { type OtlpRequest, spansOf } from "./otlp-request";
import type { createReceivedTraces } from "./received-traces";

export interface ReceivedScore {
  id: string;
  traceId: string;
  name: string;
  dataType: string;
  value: number;
  comment: string | null;
}

/** What makes one Langfuse server differ from another. */
export interface LangfuseIdentity {
  /** What `/api/public/health` says; decides which routes tell that a trace is there. */
  version: string;
  publicKey: string;
  secretKey: string;
  projectId: string;
}

export interface LangfuseState extends LangfuseIdentity {
  traces: ReturnType<typeof createReceivedTraces>;
  scores: Map<string, ReceivedScore>;
  hidden: boolean;
  /** Spans at the end of each body that are not taken. */
  rejectPerBody(): number;
}

interface Reply {
  status: number;
  json?: unknown;
}

const notFound: Reply = { status: 404, json: { message: "Not found" } };

/** Langfuse's answer to one request; routes and shapes as in its public API description. */
export function answerLangfuse(state: LangfuseState, request: IncomingMessage, body: Buffer): Reply {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const route = `${request.method} ${url.pathname}`;
  if (route === "GET /api/public/health") return ok({ status: "OK", version: state.version });
  if (!hasKeys(state, request)) return { status: 401, json: { message: "Invalid credentials." } };
  if (route === "GET /api/public/projects") return ok({ data: [projectOf(state)] });
  if (route === "POST /api/public/otel/v1/traces") return ingest(state, request, body);
  if (route === "GET /api/public/v2/observations") return listObservations(state, url.searchParams);
  if (route === "POST /api/public/scores") return createScore(state, JSON.parse(body.toString("utf8")));
  const [, method, kind, id = ""] = /^(\w+) \/api\/public\/(traces|scores)\/([\w-]+)$/.exec(route) ?? [];
  if (method === "GET" && kind === "traces") return getTrace(state, id);
  if (method === "DELETE" && kind === "scores") return state.scores.delete(id) ? { status: 204 } : notFound;
  return notFound;
}

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

/** Version 4 and later. */
function listObservations(state: LangfuseState, query: URLSearchParams): Reply {
  if (!isV4(state)) return notFound;
  const trace = state.hidden ? undefined : state.traces.get(query.get("traceId") ?? "");
  const limit = Number(query.get("limit") ?? 50);
  const data = (trace?.observations ?? []).slice(0, limit).map((observation) => ({
    ...toObservationV2(observation),
    traceId: trace?.id,
    projectId: state.projectId,
    userId: trace?.userId,
    sessionId: trace?.sessionId,
    environment: trace?.environment,
  }));
  return ok({ data, meta: {} });
}

function toObservationV2({ id, parentObservationId, name, level, ...rest }: Observation) {
  return {
    id,
    parentObservationId,
    name,
    level,
    type: rest.type.toUpperCase(),
    statusMessage: rest.statusMessage,
    startTime: new Date(rest.startTime).toISOString(),
    endTime: new Date(rest.endTime).toISOString(),
    isRootObservation: parentObservationId === null,
  };
}

/** Before version 4; from then on this route knows no trace. */
function getTrace(state: LangfuseState, id: string): Reply {
  const trace = isV4(state) || state.hidden ? undefined : state.traces.get(id);
  if (!trace) return notFound;
  const { name, sessionId, userId, tags, metadata } = trace;
  return ok({ id, name, sessionId, userId, tags, metadata, projectId: state.projectId });
}

function createScore(state: LangfuseState, score: Partial<ReceivedScore>): Reply {
  const { id, traceId, name, value, dataType, comment } = score;
  if (!id || !traceId || !name || value === undefined || !dataType) return invalid("Invalid request data");
  if (dataType === "BOOLEAN" && value !== 0 && value !== 1) return invalid("Boolean scores are 0 or 1");
  state.scores.set(id, { id, traceId, name, value, dataType, comment: comment ?? null });
  return ok({ id });
}

const invalid = (message: string): Reply => ({ status: 400, json: { message } });
