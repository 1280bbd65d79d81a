import { expect, it } from "vitest";
import { z } from "zod";
import { createDelivery } from "./delivery";
import type { LangfuseApi } from "./langfuse-api";
import { createScores } from "./scores";

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
    firstDelayMs: 1,
    maxDelayMs: 1,
    concurrency: 1,
  };
  const delivery = createDelivery(limits, async () => {});
  const scores = createScores(api, delivery, { environment: "staging", onTrouble: () => {} });
  const [first, second, third] = ["a", "b", "c"].map((end) => `01890000-0000-7000-8000-00000000000${end}`);
  if (!first || !second || !third) throw new Error("no ids");
  scores.vote(first, { value: "up", reasons: [], comment: null, at: 1 });
  scores.vote(second, { value: "down", reasons: ["wrong", "source"], comment: "旧的", at: 2 });
  scores.support(third, 0.25);
  while (delivery.open() > 0) await new Promise((resolve) => setImmediate(resolve));
  const bodies = sent.map(({ body }) => createScoreRequestSchema.parse(body));
  expect(bodies.map(({ name, dataType, value }) => [name, dataType, value])).toEqual([
    ["user_feedback", "BOOLEAN", 1],
    ["user_feedback", "BOOLEAN", 0],
    ["citation_support", "NUMERIC", 0.25],
  ]);
  scores.vote(second, null);
  while (delivery.open() > 0) await new Promise((resolve) => setImmediate(resolve));
  const id = `${second.replaceAll("-", "")}-user_feedback`;
  expect(sent.at(-1)).toEqual({ method: "DELETE", path: `/api/public/scores/${id}`, body: null });
});
