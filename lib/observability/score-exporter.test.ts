import { expect, it } from "vitest";
import { z } from "zod";
import type { Feedback } from "@/lib/domain/feedback";
import { type ScoreExport, scoreIdOf } from "@/lib/domain/score-export";
import { createDelivery, type Delivery } from "./delivery";
import type { LangfuseApi } from "./langfuse-api";
import { createScoreExporter } from "./score-exporter";

/** Body of `POST /api/public/scores` in Langfuse's API description (4.16), as strict as that is. */
const createScoreRequestSchema = z.strictObject({
  id: z.string().nullish(),
  traceId: z.string().nullish(),
  sessionId: z.string().nullish(),
  observationId: z.string().nullish(),
  datasetRunId: z.string().nullish(),
  name: z.string(),
  value: z.union([z.number(), z.string()]),
  comment: z.string().nullish(),
  metadata: z.record(z.string(), z.unknown()).nullish(),
  environment: z
    .string()
    .regex(/^(?!langfuse)[a-z0-9_-]+$/)
    .nullish(),
  queueId: z.string().nullish(),
  dataType: z.enum(["NUMERIC", "BOOLEAN", "CATEGORICAL", "CORRECTION", "TEXT"]).nullish(),
  configId: z.string().nullish(),
  source: z.enum(["API", "ANNOTATION"]).nullish(),
});

it("every score that is sent is one that Langfuse's API description allows", async () => {
  const sent: { method: string; path: string; body: unknown }[] = [];
  const api: LangfuseApi = {
    async call({ method, path, body }) {
      sent.push({ method, path, body: typeof body === "string" ? JSON.parse(body) : null });
      return { kind: "answered", status: 200, isJson: true, body: {}, retryAfterMs: null };
    },
    healthy: () => true,
  };
  const limits = {
    maxParcels: 9,
    maxBytes: 1e6,
    maxAttempts: 1,
    maxFailuresInRow: 1,
    firstDelayMs: 1,
    maxDelayMs: 1,
    concurrency: 1,
  };
  const delivery = createDelivery(limits, async () => {});
  const scores = createScoreExporter(api, { environment: "staging" });
  const listener = { onVerdict: () => {}, onSettled: () => {} };
  const hand = (score: ScoreExport) => scores.hand(score, delivery, listener);
  const vote = (request_id: string, feedback: Feedback | null) =>
    hand({ request_id, name: "user_feedback", vote: feedback });
  const [first, second, third] = ["a", "b", "c"].map((end) => `01890000-0000-7000-8000-00000000000${end}`);
  if (!first || !second || !third) throw new Error("no ids");
  vote(first, { value: "up", reasons: [], comment: null, at: 1 });
  vote(second, { value: "down", reasons: ["wrong", "source"], comment: "旧的", at: 2 });
  hand({ request_id: third, name: "citation_support", support: 0.25 });
  while (delivery.open() > 0) await new Promise((resolve) => setImmediate(resolve));
  const bodies = sent.map(({ body }) => createScoreRequestSchema.parse(body));
  expect(bodies.map(({ name, dataType, value }) => [name, dataType, value])).toEqual([
    ["user_feedback", "BOOLEAN", 1],
    ["user_feedback", "BOOLEAN", 0],
    ["citation_support", "NUMERIC", 0.25],
  ]);
  vote(second, null);
  while (delivery.open() > 0) await new Promise((resolve) => setImmediate(resolve));
  const id = `${second.replaceAll("-", "")}-user_feedback`;
  expect(sent.at(-1)).toEqual({ method: "DELETE", path: `/api/public/scores/${id}`, body: null });
});

it("a wish that comes after an equal one was taken is on its way until it was taken itself", async () => {
  const api: LangfuseApi = {
    call: async () => ({ kind: "answered", status: 200, isJson: true, body: {}, retryAfterMs: null }),
    healthy: () => true,
  };
  const parcels: Parameters<Delivery["put"]>[0][] = [];
  const delivery = {
    put: (parcel: Parameters<Delivery["put"]>[0]) => parcels.push(parcel) > 0,
    open: () => 0,
    wake: () => {},
    flush: async () => {},
  };
  const scores = createScoreExporter(api, { environment: "test" });
  const listener = { onVerdict: () => {}, onSettled: () => {} };
  const support: ScoreExport = {
    request_id: "01890000-0000-7000-8000-00000000000a",
    name: "citation_support",
    support: 0.5,
  };
  scores.hand(support, delivery, listener);
  const verdict = await parcels[0]?.send();
  scores.hand({ ...support }, delivery, listener);
  if (verdict) parcels[0]?.onVerdict(verdict, true);
  expect([parcels.length, scores.open()]).toEqual([2, [scoreIdOf(support)]]);
});
