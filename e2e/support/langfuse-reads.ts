import type { Observation } from "@/lib/observability/observation";
import type { Reply } from "./langfuse-reply";
import type { LangfuseState, ReceivedScore } from "./langfuse-state";
import type { ReceivedTrace } from "./otlp-decode";

/** Metadata values beyond this length are cut by version 4 unless their key is named. */
const SHOWN_METADATA = 200;

interface Placed {
  trace: ReceivedTrace;
  observation: Observation;
}

/** `GET /api/public/v2/observations`, from version 4 on: filters, field groups, a cursor. */
export function listObservations(state: LangfuseState, query: URLSearchParams): Reply {
  const limit = Number(query.get("limit") ?? 50);
  if (!(limit >= 1 && limit <= 1000)) return { status: 400, json: { message: "Invalid limit" } };
  const start = Number(query.get("cursor") ?? 0);
  const found = findObservations(state, query);
  const next = start + limit < found.length ? { cursor: String(start + limit) } : {};
  const data = found.slice(start, start + limit).map((placed) => toV2(placed, state, query));
  return { status: 200, json: { data, meta: next } };
}

/** `GET /api/public/observations`, before version 4: whole observations on numbered pages. */
export function listOldObservations(state: LangfuseState, query: URLSearchParams): Reply {
  const limit = Number(query.get("limit") ?? 50);
  const page = Number(query.get("page") ?? 1);
  const found = findObservations(state, query);
  const data = found.slice((page - 1) * limit, page * limit).map((placed) => toV1(placed, state));
  const totalPages = Math.ceil(found.length / limit);
  return { status: 200, json: { data, meta: { page, limit, totalItems: found.length, totalPages } } };
}

/** `GET /api/public/traces`, before version 4: numbered pages by session or user. */
export function listOldTraces({ traces, hidden }: LangfuseState, query: URLSearchParams): Reply {
  const [sessionId, userId] = [query.get("sessionId"), query.get("userId")];
  const found = (hidden ? [] : traces.all()).filter(
    (trace) =>
      (sessionId ?? trace.sessionId) === trace.sessionId && (userId ?? trace.userId) === trace.userId,
  );
  const limit = Number(query.get("limit") ?? 50);
  const page = Number(query.get("page") ?? 1);
  const data = found.slice((page - 1) * limit, page * limit).map(({ id }) => ({ id }));
  const meta = { page, limit, totalItems: found.length, totalPages: Math.ceil(found.length / limit) };
  return { status: 200, json: { data, meta } };
}

/** `GET /api/public/traces/{id}`, before version 4. */
export function toTraceAnswer(state: LangfuseState, trace: ReceivedTrace): Reply {
  const { id, name, sessionId, userId, tags, metadata, observations, environment } = trace;
  const root = observations.find(({ parentObservationId }) => parentObservationId === null);
  const json = {
    id,
    name,
    sessionId,
    userId,
    tags,
    environment,
    metadata: parseValues(metadata),
    input: parsed(root?.input ?? null),
    output: parsed(root?.output ?? null),
    observations: observations.map((observation) => toV1({ trace, observation }, state)),
    scores: [...state.scores.values()].filter(({ traceId }) => traceId === id).map(toScore),
  };
  return { status: 200, json };
}

/** `GET /api/public/v3/scores` with a cursor from version 4 on, and `/v2/scores` in numbered pages before. */
export function listScores(state: LangfuseState, query: URLSearchParams): Reply {
  const [traceIds, name] = [query.get("traceId")?.split(","), query.get("name")];
  const found = [...state.scores.values()].filter(
    (score) =>
      (traceIds === undefined || traceIds.includes(score.traceId)) && (name === null || score.name === name),
  );
  const limit = Math.min(Number(query.get("limit") ?? 50), 100);
  const start = Number(query.get("cursor") ?? (Number(query.get("page") ?? 1) - 1) * limit);
  const data = found.slice(start, start + limit).map((score) => ({
    ...toScore(score),
    value: score.dataType === "BOOLEAN" ? score.value === 1 : score.value,
  }));
  const next = start + limit < found.length ? { cursor: String(start + limit) } : {};
  const totalPages = Math.ceil(found.length / limit);
  return { status: 200, json: { data, meta: { limit, totalPages, ...next } } };
}

function toScore(score: ReceivedScore) {
  return { ...score, timestamp: "2026-11-26T00:00:00.000Z" };
}

/** Newest first. */
function findObservations({ traces, hidden }: LangfuseState, query: URLSearchParams): Placed[] {
  const asked = (name: string, value: string | null) => {
    const wanted = query.get(name);
    return wanted === null || wanted === value;
  };
  const before = Date.parse(query.get("toStartTime") ?? "9999-01-01T00:00:00Z");
  const all = hidden ? [] : traces.all();
  return all
    .flatMap((trace) => trace.observations.map((observation) => ({ trace, observation })))
    .filter(
      ({ trace, observation }) =>
        asked("traceId", trace.id) &&
        asked("name", observation.name) &&
        asked("sessionId", trace.sessionId) &&
        asked("userId", trace.userId) &&
        observation.startTime < before,
    )
    .sort((a, b) => b.observation.startTime - a.observation.startTime);
}

function toV2({ trace, observation }: Placed, { projectId }: LangfuseState, query: URLSearchParams) {
  const groups = new Set((query.get("fields") ?? "core,basic").split(","));
  const expanded = new Set((query.get("expandMetadata") ?? "").split(","));
  const { input, output, metadata } = observation;
  const shown = Object.entries(metadata).map(([key, value]) => [
    key,
    expanded.has(key) ? value : value.slice(0, SHOWN_METADATA),
  ]);
  return {
    ...toCore({ trace, observation }, projectId),
    ...(groups.has("basic") && toBasic({ trace, observation })),
    ...(groups.has("io") && { input, output }),
    ...(groups.has("metadata") && { metadata: Object.fromEntries(shown) }),
  };
}

function toV1(placed: Placed, { projectId }: LangfuseState) {
  const { input, output, metadata } = placed.observation;
  const io = { input: parsed(input), output: parsed(output), metadata: parseValues(metadata) };
  return { ...toCore(placed, projectId), ...toBasic(placed), sessionId: undefined, ...io };
}

function toCore({ trace, observation }: Placed, projectId: string) {
  return {
    id: observation.id,
    traceId: trace.id,
    projectId,
    parentObservationId: observation.parentObservationId,
    type: observation.type.toUpperCase(),
    startTime: new Date(observation.startTime).toISOString(),
    endTime: new Date(observation.endTime).toISOString(),
  };
}

function toBasic({ trace, observation }: Placed) {
  const { name, level, statusMessage, parentObservationId } = observation;
  const { userId, sessionId, environment } = trace;
  const isRootObservation = parentObservationId === null;
  return { name, level, statusMessage, userId, sessionId, environment, isRootObservation };
}

function parseValues(metadata: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, parsed(value)]));
}

/** A JSON text as its value, as version 3 gives it back. */
function parsed(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
