import { expect, test } from "vitest";
import type { RecordedEvent } from "@/lib/events/run-event";
import { createMetrics } from "./create-metrics";

const span = (n: number) => n.toString(16).padStart(16, "0");
const ports = {
  exports: async () => ({ exported: 3, failed: 1, pending: 2, dropped: 0 }),
  openJobs: async () => 4,
  passages: async () => 120,
  waitingWrites: () => ({ runs: 7, streams: 0, conversations: 1 }),
  states: async () => ({ langfuse: "degraded", model: "ok" }),
};

const generation = (id: string, purpose: "answer" | "rewrite", cost_usd: number | null): RecordedEvent[] => [
  { type: "prompt", span_id: id, name: "g", purpose, model: "m", parameters: {}, messages: [] },
  { type: "generation-first-token", span_id: id, ttft_ms: 40, offset_ms: purpose === "answer" ? 700 : 50 },
  {
    type: "generation-end",
    span_id: id,
    model: "m",
    response: "the user's secret",
    usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
    usage_source: "provider",
    cost_usd,
    ttft_ms: 40,
    duration_ms: 900,
    finish_reason: "stop",
  },
];
const end: RecordedEvent = {
  type: "run-end",
  status: "success",
  finish_reason: "stop",
  duration_ms: 1500,
  answer: "the user's secret",
  error: null,
};

async function read(events: readonly RecordedEvent[], asked: Parameters<typeof createMetrics>[0] = ports) {
  const metrics = createMetrics(asked);
  const observe = metrics.meter.follow();
  for (const event of events) observe(event);
  return (await metrics.text()).body;
}

test("a run is counted once, with the time to the first token of its answer and not of another call", async () => {
  const text = await read([
    ...generation(span(1), "rewrite", 0.5),
    ...generation(span(2), "answer", 0.25),
    end,
  ]);
  expect(text).toContain('sidetrace_requests_total{status="success",error=""} 1');
  expect(text).toContain("sidetrace_time_to_first_token_seconds_count 1");
  expect(text).toContain("sidetrace_time_to_first_token_seconds_sum 0.7");
  expect(text).toContain('sidetrace_tokens_total{model="m",kind="prompt"} 20');
  expect(text).toContain('sidetrace_cost_usd_total{model="m"} 0.75');
  expect(text).toContain("sidetrace_running_requests 0");
  expect(text).not.toContain("secret");
});

test("a run that goes on is running, and an unknown price adds nothing", async () => {
  const text = await read(generation(span(1), "answer", null));
  expect(text).toContain("sidetrace_running_requests 1");
  expect(text).not.toContain("sidetrace_cost_usd_total{");
});

test("queues, exports and the index are read when somebody asks, and left out when they cannot be read", async () => {
  expect(await read([])).toContain('sidetrace_trace_exports{state="pending"} 2');
  expect(await read([])).toMatch(/^sidetrace_open_jobs 4$/m);
  const broken = { ...ports, passages: () => Promise.reject(new Error("gone")) };
  const text = await read([], broken);
  expect(text).not.toMatch(/^sidetrace_passages \d/m);
  expect(text).toMatch(/^sidetrace_open_jobs 4$/m);
});

test("what waits for Redis, what was dropped, and the state of each part", async () => {
  const metrics = createMetrics(ports);
  metrics.dropped("runs", 3);
  metrics.dropped("runs", 2);
  const { body } = await metrics.text();
  expect(body).toMatch(/^sidetrace_waiting_writes\{store="runs"\} 7$/m);
  expect(body).toMatch(/^sidetrace_dropped_writes_total\{store="runs"\} 5$/m);
  expect(body).toMatch(/^sidetrace_state\{part="langfuse",state="degraded"\} 1$/m);
});

test("without Redis nothing waits for it, and a part that cannot say how it is is left out", async () => {
  const states = () => Promise.reject(new Error("gone"));
  const text = await read([], { ...ports, waitingWrites: () => null, states });
  expect(text).not.toMatch(/^sidetrace_waiting_writes\{/m);
  expect(text).not.toMatch(/^sidetrace_state\{/m);
});
