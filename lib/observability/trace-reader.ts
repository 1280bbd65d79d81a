import { z } from "zod";
import type { Feedback } from "@/lib/domain/feedback";
import { toTraceId } from "@/lib/domain/ids";
import { askLangfuse, langfusePath } from "./ask-langfuse";
import type { KeptTrace } from "./from-spans";
import { keptObservationSchema, type TextStyle, toOwnObservation } from "./kept-observation";
import { keptScoreSchema, toFeedback } from "./kept-score";
import type { LangfuseApi } from "./langfuse-api";
import type { ServerFacts } from "./server-facts";
import { readServerMajor } from "./server-major";

/** Keys of our metadata; version 4 cuts values that are not named at 200 characters. */
const OWN_METADATA = "run,span,section";
const FIELDS = "core,basic,io,metadata";
const PAGE_SIZE = 1000;
/** No run comes near as many observations. */
const MAX_PAGES = 20;

const traceSchema = z.object({
  sessionId: z.string().nullish(),
  observations: z.array(keptObservationSchema),
  scores: z.array(keptScoreSchema).nullish(),
});
const pageSchema = z.object({
  data: z.array(keptObservationSchema),
  meta: z.object({ cursor: z.string().nullish() }).nullish(),
});
const scoresSchema = z.object({ data: z.array(keptScoreSchema) });

/** A trace and the vote that came after it. */
export interface ReadTrace {
  trace: KeptTrace;
  feedback: Feedback | null;
}

/** What Langfuse keeps of a run; null when it has no trace of it. Throws `upstream_failed`. */
export async function readTrace(
  requestId: string,
  api: LangfuseApi,
  facts: ServerFacts,
): Promise<ReadTrace | null> {
  const traceId = toTraceId(requestId);
  return (await readServerMajor(facts)) < 4
    ? readTraceV3(requestId, traceId, api)
    : readTraceV4(requestId, traceId, api);
}

async function readTraceV3(requestId: string, traceId: string, api: LangfuseApi): Promise<ReadTrace | null> {
  const path = langfusePath(`/api/public/traces/${traceId}`, { fields: "core,io,scores,observations" });
  const found = await askLangfuse(api, { path, schema: traceSchema });
  const trace = found && toKeptTrace(requestId, found.observations, found.sessionId, "parsed");
  return trace && { trace, feedback: toFeedback(found.scores ?? []) };
}

async function readTraceV4(requestId: string, traceId: string, api: LangfuseApi): Promise<ReadTrace | null> {
  const [observations, feedback] = await Promise.all([readPages(traceId, api), readVote(traceId, api)]);
  const trace = toKeptTrace(requestId, observations, observations[0]?.sessionId, "raw");
  return trace && { trace, feedback };
}

async function readPages(traceId: string, api: LangfuseApi) {
  const observations: z.infer<typeof keptObservationSchema>[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const query = { traceId, fields: FIELDS, expandMetadata: OWN_METADATA, limit: PAGE_SIZE, cursor };
    const path = langfusePath("/api/public/v2/observations", query);
    const answer = await askLangfuse(api, { path, schema: pageSchema });
    observations.push(...(answer?.data.filter((one) => one.traceId === traceId) ?? []));
    cursor = answer?.meta?.cursor ?? undefined;
    if (cursor === undefined) break;
  }
  return observations;
}

/** The run is worth showing without its vote. */
async function readVote(traceId: string, api: LangfuseApi): Promise<Feedback | null> {
  const path = langfusePath("/api/public/v3/scores", { traceId, name: "user_feedback", fields: "details" });
  const answer = await askLangfuse(api, { path, schema: scoresSchema }).catch(() => null);
  return toFeedback(answer?.data ?? []);
}

function toKeptTrace(
  requestId: string,
  observations: readonly z.infer<typeof keptObservationSchema>[],
  sessionId: string | null | undefined,
  style: TextStyle,
): KeptTrace | null {
  if (observations.length === 0) return null;
  return {
    sessionId: sessionId ?? null,
    metadata: { request_id: requestId },
    observations: observations.map((one) => toOwnObservation(one, style)),
  };
}
