import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { gzipSync } from "node:zlib";
import { ProtobufTraceSerializer } from "@opentelemetry/otlp-transformer";
import { AlwaysOnSampler, BasicTracerProvider, type ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type OtlpReceiver, startOtlpReceiver } from "./otlp-receiver";

const traceId = "0192f0c1a2b37c4d8e5f60718293a4b5";
const body = {
  resourceSpans: [
    {
      scopeSpans: [
        {
          spans: [
            {
              traceId,
              spanId: "00f067aa0ba902b7",
              name: "rag_chat",
              startTimeUnixNano: "1795000000123456000",
              endTimeUnixNano: "1795000001000000000",
              attributes: [
                { key: "langfuse.observation.type", value: { stringValue: "span" } },
                {
                  key: "langfuse.trace.tags",
                  value: { arrayValue: { values: [{ stringValue: "kb:staff" }] } },
                },
              ],
              status: { code: 0 },
            },
          ],
        },
      ],
    },
  ],
};

let receiver: OtlpReceiver;
beforeEach(async () => {
  receiver = await startOtlpReceiver();
});
afterEach(() => receiver.close());

const basic = (keys: string) => ({ authorization: `Basic ${Buffer.from(keys).toString("base64")}` });
const keys = basic("pk-lf-test:sk-lf-test");
const post = (data: Uint8Array | string, headers: Record<string, string>) =>
  fetch(`${receiver.url}/api/public/otel/v1/traces`, {
    method: "POST",
    headers,
    body: typeof data === "string" ? data : new Uint8Array(data),
  });
const json = { "content-type": "application/json", ...keys };

describe("ingestion", () => {
  it("takes JSON, plain and compressed, and a span that comes twice once", async () => {
    expect((await post(JSON.stringify(body), json)).status).toBe(200);
    await post(gzipSync(JSON.stringify(body)), { ...json, "content-encoding": "gzip" });
    expect(receiver.traces()).toHaveLength(1);
    expect(receiver.trace(traceId)).toMatchObject({
      tags: ["kb:staff"],
      observations: [{ id: "00f067aa0ba902b7", name: "rag_chat", startTime: 1_795_000_000_123.456 }],
    });
  });

  it("takes protobuf", async () => {
    const spans: ReadableSpan[] = [];
    const provider = new BasicTracerProvider({
      sampler: new AlwaysOnSampler(),
      spanProcessors: [
        {
          onStart() {},
          onEnd: (span) => spans.push(span),
          forceFlush: async () => {},
          shutdown: async () => {},
        },
      ],
    });
    const span = provider
      .getTracer("test")
      .startSpan("rag_chat", { startTime: [1_795_000_000, 123_456_000] });
    span.setAttributes({
      "langfuse.observation.input": "如何？",
      "langfuse.trace.tags": ["kb:staff", "agent:auto"],
      "langfuse.observation.metadata.n": -7,
      "langfuse.observation.metadata.share": 0.25,
      "langfuse.observation.metadata.on": true,
    });
    span.end([1_795_000_001, 0]);
    const binary = ProtobufTraceSerializer.serializeRequest(spans) ?? new Uint8Array();
    await post(binary, { "content-type": "application/x-protobuf", ...keys });
    expect(receiver.trace(span.spanContext().traceId)).toMatchObject({
      tags: ["kb:staff", "agent:auto"],
      observations: [
        {
          id: span.spanContext().spanId,
          parentObservationId: null,
          input: "如何？",
          metadata: { n: "-7", share: "0.25", on: "true" },
          startTime: 1_795_000_000_123.456,
          endTime: 1_795_000_001_000,
        },
      ],
    });
  });

  it("refuses wrong keys, other types and nonsense", async () => {
    expect((await post("{}", { ...json, ...basic("pk:wrong") })).status).toBe(401);
    expect((await post("{}", { ...json, "content-type": "text/plain" })).status).toBe(400);
    expect((await post("{", json)).status).toBe(400);
    expect((await post("\xff\xff", { ...keys, "content-type": "application/x-protobuf" })).status).toBe(400);
    expect(receiver.traces()).toEqual([]);
  });
});

describe("the other routes", () => {
  const get = async (path: string) => {
    const response = await fetch(`${receiver.url}${path}`, { headers: keys });
    return { status: response.status, body: await response.json() };
  };

  it("tell version and project", async () => {
    expect((await get("/api/public/health")).body).toEqual({ status: "OK", version: "4.16.0" });
    expect((await get("/api/public/projects")).body.data[0].id).toBe("project-1");
  });

  it("show a trace the way its version does, unless it is hidden", async () => {
    await post(JSON.stringify(body), json);
    const list = `/api/public/v2/observations?traceId=${traceId}&limit=1`;
    expect((await get(list)).body.data).toMatchObject([{ traceId, type: "SPAN", isRootObservation: true }]);
    expect((await get(`/api/public/traces/${traceId}`)).status).toBe(404);
    receiver.setHidden(true);
    expect((await get(list)).body.data).toEqual([]);
  });

  it("misbehave as told, and no longer than told", async () => {
    receiver.setFault({ kind: "status", status: 429, retryAfterSeconds: 3 });
    const refused = await post(JSON.stringify(body), json);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "3"]);
    expect((await get("/api/public/health")).status).toBe(200);
    receiver.setFault({ kind: "hang" }, "all");
    const hanging = fetch(`${receiver.url}/api/public/health`).catch(() => "cut off");
    await expect.poll(() => receiver.requests().length, { timeout: 10_000 }).toBe(3);
    receiver.setFault(null);
    expect(await hanging).toBe("cut off");
    expect((await post(JSON.stringify(body), json)).status).toBe(200);
  });
});

describe("as a process of its own", () => {
  let child: ChildProcess | undefined;
  afterEach(async () => {
    if (!child || child.exitCode !== null) return;
    child.kill();
    await once(child, "exit");
  });

  it("prints where it is, serves, and can be told to misbehave", async () => {
    const started = spawn(process.execPath, [new URL("./otlp-receiver-main.ts", import.meta.url).pathname], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    child = started;
    const [line] = await once(createInterface(started.stdout), "line");
    const { url } = JSON.parse(line);
    const tell = (what: string, knob: object) =>
      fetch(`${url}/__control/${what}`, { method: "POST", body: JSON.stringify(knob) });
    expect((await fetch(`${url}/api/public/health`)).status).toBe(200);
    await tell("fault", { fault: { kind: "status", status: 503 }, scope: "all" });
    expect((await fetch(`${url}/api/public/health`)).status).toBe(503);
    await tell("fault", { fault: null });
    expect(await (await fetch(`${url}/__control/traces`)).json()).toMatchObject({ traces: [], scores: [] });
  });
});
