import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { type OtlpRequest, spansOf } from "@/e2e/support/otlp-request";
import { createReceivedTraces } from "@/e2e/support/received-traces";
import type { RunRecord } from "@/lib/domain/run-record";
import { arbitraryRecord } from "./arbitrary-record.fixture";
import { fromSpans } from "./from-spans";
import { createOtlpEncoder } from "./otlp-encoder";
import { sampleRecord } from "./sample-record.fixture";
import { toSpans } from "./to-spans";

const encode = createOtlpEncoder({ environment: "test", release: null });

const requestsOf = (record: RunRecord): OtlpRequest[] =>
  encode(toSpans(record, "u")).map(({ bytes }) => JSON.parse(new TextDecoder().decode(bytes)));

it("record → OTLP → record is equal for any record", () => {
  fc.assert(
    fc.property(arbitraryRecord, (record) => {
      const received = createReceivedTraces();
      for (const request of requestsOf(record)) received.add(spansOf(request));
      const [trace] = received.all();
      expect(trace && fromSpans(trace, record.trace)).toEqual(record);
    }),
    { numRuns: 300 },
  );
});

it("every span carries the trace's name, user, session, tags and short metadata; the message is told once", () => {
  const record = sampleRecord();
  const spans = requestsOf(record).flatMap(spansOf);
  const carrying = (key: string) =>
    spans.filter(({ attributes }) => attributes.some((one) => one.key === key));
  for (const key of [
    "langfuse.trace.name",
    "langfuse.trace.tags",
    "user.id",
    "session.id",
    "langfuse.environment",
    "langfuse.trace.metadata.request_id",
    "langfuse.trace.metadata.kb_prefix",
    "langfuse.trace.metadata.session_id",
  ]) {
    expect(carrying(key), key).toHaveLength(spans.length);
  }
  expect(carrying("langfuse.trace.metadata.message")).toHaveLength(1);
});

it("parents come before their children and end after them", () => {
  const spans = requestsOf(sampleRecord()).flatMap(spansOf);
  const places = new Map(spans.map(({ spanId }, place) => [spanId, place]));
  for (const [place, { parentSpanId, endTimeUnixNano }] of spans.entries()) {
    if (parentSpanId === undefined) continue;
    const parent = spans[places.get(parentSpanId) ?? -1];
    expect(places.get(parentSpanId)).toBeLessThan(place);
    expect(BigInt(parent?.endTimeUnixNano ?? 0)).toBeGreaterThanOrEqual(BigInt(endTimeUnixNano));
  }
});

it("nothing of a record but its own text and the user's hash leaves: no key, no host, no path", () => {
  const text = JSON.stringify(requestsOf(sampleRecord()));
  expect(/pk-lf|sk-lf|authorization|127\.0\.0\.1/i.exec(text)).toBeNull();
  expect(text.includes(process.cwd()) || text.includes(process.execPath)).toBe(false);
});

it("a trace without a proper id is refused", () => {
  expect(() => encode(toSpans(sampleRecord({ request_id: "import-7" }), null))).toThrow("not a trace id");
});

it("another program's OpenTelemetry settings neither drop nor cut anything", () => {
  vi.stubEnv("OTEL_TRACES_SAMPLER", "always_off");
  vi.stubEnv("OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", "3");
  vi.stubEnv("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "2");
  try {
    const record = sampleRecord();
    const trace = toSpans(record, null);
    const bodies = createOtlpEncoder({ environment: "test", release: null })(trace);
    const received = createReceivedTraces();
    for (const { bytes } of bodies) received.add(spansOf(JSON.parse(new TextDecoder().decode(bytes))));
    const [arrived] = received.all();
    expect(arrived && fromSpans(arrived, record.trace)).toEqual(record);
  } finally {
    vi.unstubAllEnvs();
  }
});
