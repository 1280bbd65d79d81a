import { createObservationAttributes, LangfuseOtelSpanAttributes as Key } from "@langfuse/tracing";
import {
  type Attributes,
  type HrTime,
  ROOT_CONTEXT,
  TraceFlags,
  trace as traceApi,
} from "@opentelemetry/api";
import { JsonTraceSerializer } from "@opentelemetry/otlp-transformer";
import {
  AlwaysOnSampler,
  BasicTracerProvider,
  type ReadableSpan,
  type TracerConfig,
} from "@opentelemetry/sdk-trace-base";
import type { Observation, RunTrace } from "./observation";

/** The instrumentation scope that Langfuse takes for its own SDK: others get all attributes as metadata. */
const LANGFUSE_SCOPE = "langfuse-sdk";
/** Bodies stay well below the limits of proxies (and of the server, which warns from 16 MB on). */
const MAX_BODY_CHARS = 2_000_000;
const MAX_BODY_SPANS = 500;

/** OpenTelemetry's default names the path of the running executable. */
const resource: NonNullable<TracerConfig["resource"]> = {
  attributes: { "service.name": "sidetrace" },
  merge: () => resource,
  getRawAttributes: () => [],
};

export interface OtlpEncoderOptions {
  environment: string;
  release: string | null;
  /** On every span besides its own. */
  attributes?: Attributes;
  /** On root spans besides these. */
  rootAttributes?: Attributes;
}

/** One request's worth of a trace, as JSON. */
export interface OtlpBody {
  bytes: Uint8Array;
  spans: number;
}

/**
 * Writes traces as OTLP/HTTP JSON bodies, through an OpenTelemetry provider of its own: nothing global is
 * registered or read, so that neither Next.js nor anybody else adds a span to ours. A trace is encoded at
 * once and whole; that is how the ids and times are exactly the record's.
 */
export function createOtlpEncoder({
  environment,
  release,
  attributes: more = {},
  rootAttributes = {},
}: OtlpEncoderOptions) {
  const next = { traceId: "", spanId: "" };
  let ended: ReadableSpan[] = [];
  const provider = new BasicTracerProvider({
    resource,
    idGenerator: { generateTraceId: () => next.traceId, generateSpanId: () => next.spanId },
    sampler: new AlwaysOnSampler(),
    spanLimits: { attributeCountLimit: 1000, attributeValueLengthLimit: Number.POSITIVE_INFINITY },
    spanProcessors: [
      {
        onStart: () => {},
        onEnd: (span) => ended.push(span),
        forceFlush: async () => {},
        shutdown: async () => {},
      },
    ],
  });
  const tracer = provider.getTracer(LANGFUSE_SCOPE);
  const settings = { [Key.ENVIRONMENT]: environment, ...(release !== null && { [Key.RELEASE]: release }) };

  function start(trace: RunTrace, observation: Observation) {
    const { id, parentObservationId, name, startTime } = observation;
    next.traceId = trace.id;
    next.spanId = id;
    const attributes = {
      ...settings,
      ...traceAttributes(trace, observation),
      ...toAttributes(observation),
      ...more,
      ...(parentObservationId === null && rootAttributes),
    };
    const above = { traceId: trace.id, spanId: parentObservationId ?? "", traceFlags: TraceFlags.SAMPLED };
    const parent = parentObservationId === null ? ROOT_CONTEXT : traceApi.setSpanContext(ROOT_CONTEXT, above);
    return tracer.startSpan(name, { startTime: toHrTime(startTime), attributes }, parent);
  }

  /** The bodies to send, in order. Throws when a trace cannot be written (its id is none). */
  return function encode(trace: RunTrace): OtlpBody[] {
    if (!/^[0-9a-f]{32}$/.test(trace.id)) throw new Error("not a trace id");
    ended = [];
    const started = trace.observations.map((observation) => ({
      span: start(trace, observation),
      observation,
    }));
    for (const { span, observation } of started.toReversed()) span.end(toHrTime(observation.endTime));
    return inBodies(ended.reverse()).map((spans) => ({ bytes: serialize(spans), spans: spans.length }));
  };
}

function serialize(spans: ReadableSpan[]): Uint8Array {
  const body = JsonTraceSerializer.serializeRequest(spans);
  if (!body) throw new Error("spans could not be serialized");
  return body;
}

/** What Langfuse reads off every span; the message, which may be long, is told once. */
function traceAttributes(trace: RunTrace, { parentObservationId }: Observation): Attributes {
  const { message, ...metadata } = trace.metadata;
  const told = parentObservationId === null ? trace.metadata : metadata;
  return {
    [Key.TRACE_NAME]: trace.name,
    [Key.TRACE_TAGS]: [...trace.tags],
    ...(trace.userId !== null && { [Key.TRACE_USER_ID]: trace.userId }),
    ...(trace.sessionId !== null && { [Key.TRACE_SESSION_ID]: trace.sessionId }),
    ...Object.fromEntries(
      Object.entries(told).map(([name, value]) => [`${Key.TRACE_METADATA}.${name}`, value]),
    ),
  };
}

function toAttributes(observation: Observation): Attributes {
  const { type, input, output, metadata, level, statusMessage } = observation;
  const { model, modelParameters, usageDetails, costDetails, completionStartTime, prompt } = observation;
  return createObservationAttributes(type, {
    input,
    output,
    metadata,
    level,
    ...(statusMessage !== null && { statusMessage }),
    ...(model !== null && { model }),
    ...(modelParameters && { modelParameters }),
    ...(usageDetails && { usageDetails }),
    ...(costDetails && { costDetails }),
    ...(completionStartTime !== null && { completionStartTime: new Date(completionStartTime) }),
    ...(prompt && { prompt: { ...prompt, isFallback: false } }),
  });
}

/** Epoch milliseconds as seconds and nanoseconds, exact to the microsecond. */
function toHrTime(epochMs: number): HrTime {
  const micros = Math.round(epochMs * 1000);
  return [Math.floor(micros / 1_000_000), (micros % 1_000_000) * 1000];
}

function inBodies(spans: readonly ReadableSpan[]): ReadableSpan[][] {
  const bodies: ReadableSpan[][] = [];
  let chars = Number.POSITIVE_INFINITY;
  for (const span of spans) {
    const size = charsOf(span);
    const body = bodies.at(-1);
    if (!body || body.length >= MAX_BODY_SPANS || chars + size > MAX_BODY_CHARS) {
      bodies.push([span]);
      chars = size;
    } else {
      body.push(span);
      chars += size;
    }
  }
  return bodies;
}

function charsOf({ attributes }: ReadableSpan): number {
  return Object.values(attributes).reduce<number>(
    (sum, value) => sum + (typeof value === "string" ? value.length : 32),
    0,
  );
}
