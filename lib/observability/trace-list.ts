import { z } from "zod";
import { plannedAgents } from "@/lib/domain/agent";
import { GENERAL_KB } from "@/lib/domain/general-kb";
import { AppError } from "@/lib/errors";
import type { RunSummary } from "@/lib/store/run-store";
import { askLangfuse, langfusePath } from "./ask-langfuse";
import { parseJson } from "./json-text";
import { keptObservationSchema, type TextStyle, toOwnObservation } from "./kept-observation";
import type { LangfuseApi } from "./langfuse-api";
import { runMetadataSchema } from "./record-metadata";
import type { ServerFacts } from "./server-facts";
import { readServerMajor } from "./server-major";

/** The root observation of every run. */
const ROOT_NAME = "rag_chat";

/** Where a page begins: version 4 gives out cursors, version 3 counts pages below a fixed instant. */
const placeSchema = z.union([
  z.object({ cursor: z.string() }),
  z.object({ page: z.int().positive(), to: z.iso.datetime() }),
]);
type Place = z.infer<typeof placeSchema>;

const rootSchema = keptObservationSchema.extend({ environment: z.string().nullish() });
const cursorPageSchema = z.object({
  data: z.array(rootSchema),
  meta: z.object({ cursor: z.string().nullish() }).nullish(),
});
const numberedPageSchema = z.object({
  data: z.array(rootSchema),
  meta: z.object({ page: z.number(), totalPages: z.number() }),
});

export interface TracePage {
  summaries: RunSummary[];
  next: string | null;
}

interface TraceListPorts {
  api: LangfuseApi;
  facts: ServerFacts;
  now: () => number;
}

/**
 * One page of the runs that Langfuse keeps, the newest first. Throws `upstream_failed`, and
 * `invalid_request` for a `before` that no page gave out.
 */
export async function listTraces(
  {
    before,
    limit,
    sessionId,
  }: { before?: string | undefined; limit: number; sessionId?: string | undefined },
  { api, facts, now }: TraceListPorts,
): Promise<TracePage> {
  const place = before === undefined ? null : decodePlace(before);
  if ((await readServerMajor(facts)) >= 4) {
    const cursor = place && "cursor" in place ? place.cursor : undefined;
    return readCursorPage(api, { cursor, limit, sessionId });
  }
  const numbered = place && "page" in place ? place : { page: 1, to: new Date(now()).toISOString() };
  return readNumberedPage(api, { ...numbered, limit });
}

async function readCursorPage(
  api: LangfuseApi,
  query: { cursor: string | undefined; limit: number; sessionId: string | undefined },
): Promise<TracePage> {
  const fields = { fields: "core,basic,io,metadata", expandMetadata: "run" };
  const path = langfusePath("/api/public/v2/observations", { name: ROOT_NAME, ...fields, ...query });
  const page = await askLangfuse(api, { path, schema: cursorPageSchema });
  const cursor = page?.meta?.cursor;
  return {
    summaries: toSummaries(page?.data ?? [], "raw"),
    next: cursor ? encodePlace({ cursor }) : null,
  };
}

async function readNumberedPage(
  api: LangfuseApi,
  { page, to, limit }: { page: number; to: string; limit: number },
): Promise<TracePage> {
  const query = { name: ROOT_NAME, toStartTime: to, page, limit };
  const path = langfusePath("/api/public/observations", query);
  const answer = await askLangfuse(api, { path, schema: numberedPageSchema });
  const more = answer !== null && answer.meta.page < answer.meta.totalPages;
  return {
    summaries: toSummaries(answer?.data ?? [], "parsed"),
    next: more ? encodePlace({ page: page + 1, to }) : null,
  };
}

function toSummaries(roots: readonly z.infer<typeof rootSchema>[], style: TextStyle): RunSummary[] {
  return roots.flatMap((root) => {
    const { input, output, metadata } = toOwnObservation(root, style);
    const run = runMetadataSchema.safeParse(parseJson(metadata.run ?? "")?.value).data;
    if (!run || !root.traceId || isExperiment(root.environment)) return [];
    const { usage, cost_usd, total_duration_ms } = run.performance_metrics;
    return {
      request_id: toRequestId(root.traceId),
      session_id: root.sessionId ?? "",
      started_at: run.started_at,
      status: run.status,
      message: input ?? "",
      answer: output ?? "",
      kb_prefix: run.kb_prefix,
      agents: run.kb_prefix === GENERAL_KB ? [] : [...plannedAgents(run.agent_type)],
      model: run.settings.model,
      total_duration_ms,
      total_tokens: usage?.total_tokens ?? null,
      cost_usd,
    };
  });
}

/** The runs of an experiment nobody asked for in the chat. */
function isExperiment(environment: string | null | undefined): boolean {
  return environment === "sdk-experiment";
}

/** The inverse of `toTraceId`. */
function toRequestId(traceId: string): string {
  return traceId.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function encodePlace(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

function decodePlace(before: string): Place {
  const place = placeSchema.safeParse(parseJson(Buffer.from(before, "base64url").toString())?.value);
  if (place.success) return place.data;
  const message = "The cursor is not one that this list has given out.";
  throw new AppError("invalid_request", message, { issues: [{ path: "before", message }] });
}
