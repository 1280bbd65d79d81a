import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import type { Clock } from "@/lib/domain/clock";
import { judgeSpans } from "@/lib/observability/failure-reason";
import type { LangfuseApi } from "@/lib/observability/langfuse-api";
import { createOtlpEncoder } from "@/lib/observability/otlp-encoder";
import { ASK_TIMEOUT_MS } from "./check-langfuse-server";
import { doctorTrace } from "./doctor-trace";
import { type Finding, fail, ok } from "./finding";
import { listObservations } from "./list-observations";

/** Apart from what users do, should it not be deleted. */
const ENVIRONMENT = "doctor";
/** Well before the trace's start. */
const LOOK_BACK_MS = 60_000;
const listSchema = z.object({ data: z.array(z.object({ traceId: z.string().nullish(), type: z.string() })) });

export interface WorkerCheckOptions {
  clock: Clock;
  appearMs: number;
  pollMs: number;
}

/** Sends a trace with one generation, waits until Langfuse shows both, and deletes it. */
export async function checkLangfuseWorker(
  api: LangfuseApi,
  { clock, appearMs, pollMs }: WorkerCheckOptions,
): Promise<Finding> {
  const now = clock.now();
  const trace = doctorTrace(randomBytes(16).toString("hex"), now);
  const refused = await send(api, trace);
  if (refused !== null) {
    const todo = "look at the logs of langfuse-web and minio: the bucket and Redis take a trace first";
    return fail("langfuse_worker", refused, todo);
  }
  const sentAt = clock.monotonic();
  let types: string[] = [];
  while (!types.includes("GENERATION") && clock.monotonic() - sentAt < appearMs) {
    await pause(pollMs);
    types = await typesOf(api, trace.id, now - LOOK_BACK_MS);
  }
  const waited = clock.monotonic() - sentAt;
  await api.call({ method: "DELETE", path: `/api/public/traces/${trace.id}`, timeoutMs: ASK_TIMEOUT_MS });
  if (types.includes("GENERATION")) {
    return ok(
      "langfuse_worker",
      `a trace with its generation came back after ${(waited / 1000).toFixed(1)} s`,
    );
  }
  if (types.length > 0) {
    return fail(
      "langfuse_worker",
      "a trace came back without its generation",
      "upgrade Langfuse to version 4",
    );
  }
  return fail(
    "langfuse_worker",
    `Langfuse took a trace and did not show it within ${Math.round(appearMs / 1000)} s`,
    "start langfuse-worker and look at its log",
  );
}

/** Null when Langfuse took it, else why not. */
async function send(api: LangfuseApi, trace: ReturnType<typeof doctorTrace>): Promise<string | null> {
  const encode = createOtlpEncoder({ environment: ENVIRONMENT, release: null });
  for (const { bytes, spans } of encode(trace)) {
    const answer = await api.call({
      method: "POST",
      path: "/api/public/otel/v1/traces",
      headers: { "x-langfuse-ingestion-version": "4" },
      body: bytes,
      timeoutMs: ASK_TIMEOUT_MS,
    });
    const verdict = judgeSpans(answer, spans);
    if (!verdict.taken) return verdict.reason;
  }
  return null;
}

/** Types of the observations that are there. */
async function typesOf(api: LangfuseApi, traceId: string, since: number): Promise<string[]> {
  const answer = await listObservations(api, { traceId, since, limit: 10 }, ASK_TIMEOUT_MS);
  if (answer.kind !== "answered" || answer.status !== 200) return [];
  const found = listSchema.safeParse(answer.body).data?.data ?? [];
  return found.filter((observation) => observation.traceId === traceId).map(({ type }) => type);
}
