import { z } from "zod";
import { toTraceId } from "@/lib/domain/ids";
import { AppError } from "@/lib/errors";
import { askLangfuse, langfusePath } from "./ask-langfuse";
import type { Eraser, TracesOf } from "./eraser";
import type { LangfuseProject } from "./langfuse-project";
import { readServerMajor } from "./server-major";

const PAGE_SIZE = 100;
const ROWS = 1000;
/** A million observations, or a hundred thousand of anything else; more are not looked through. */
const MAX_PAGES = 1000;
const IDS_PER_CALL = 50;
const OBSERVATIONS = "/api/public/v2/observations";
const RETRIEVAL = "rag_retrieval";
const SUPPORT = "citation_support";
/** With the metadata that version 4 would cut. */
const WHOLE = { fields: "core,basic,io,metadata", expandMetadata: "section,span" };
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

const observationsSchema = z.object({
  data: z.array(z.looseObject({ traceId: z.string().nullish() })),
  meta: z.object({ cursor: z.string().nullish() }).nullish(),
});
const numberedSchema = z.object({
  data: z.array(z.looseObject({ id: z.string(), traceId: z.string().nullish() })),
  meta: z.object({ totalPages: z.number() }),
});
const scoresSchema = z.object({
  data: z.array(z.object({ id: z.string() })),
  meta: z.object({ cursor: z.string().nullish() }).nullish(),
});
const itemsSchema = z.object({
  data: z.array(
    z.object({ id: z.string(), sourceTraceId: z.string().nullish(), metadata: z.unknown().optional() }),
  ),
  meta: z.object({ totalPages: z.number() }),
});

type Query = Record<string, string | number | undefined>;

/** Deleting in Langfuse, servers v3 and v4. A trace takes its observations along. */
export function createLangfuseEraser({ api, facts }: Pick<LangfuseProject, "api" | "facts">): Eraser {
  const isV4 = async () => (await readServerMajor(facts)) >= 4;

  async function* observations(query: Query): AsyncGenerator<z.infer<typeof observationsSchema>["data"]> {
    let cursor: string | undefined;
    for (let page = 0; page < MAX_PAGES; page++) {
      const path = langfusePath(OBSERVATIONS, { limit: ROWS, ...query, cursor });
      const answer = await askLangfuse(api, { path, schema: observationsSchema });
      if (!answer) throw noRoute();
      yield answer.data;
      cursor = answer.meta?.cursor ?? undefined;
      if (cursor === undefined) return;
    }
  }

  /** From version 4 on, of several traces at once. */
  async function* scoresOf(traceIds: readonly string[]): AsyncGenerator<{ id: string }> {
    let cursor: string | undefined;
    for (let page = 0; page < MAX_PAGES; page++) {
      const query = { traceId: traceIds.join(","), limit: PAGE_SIZE, cursor };
      const path = langfusePath("/api/public/v3/scores", query);
      const answer = await askLangfuse(api, { path, schema: scoresSchema });
      if (!answer) throw noRoute();
      yield* answer.data;
      cursor = answer.meta?.cursor ?? undefined;
      if (cursor === undefined) return;
    }
  }

  async function* numbered<T extends { meta: { totalPages: number } }>(
    path: string,
    query: Query,
    schema: z.ZodType<T>,
  ): AsyncGenerator<T> {
    for (let page = 1; page <= MAX_PAGES; page++) {
      const answer = await askLangfuse(api, {
        path: langfusePath(path, { ...query, page, limit: PAGE_SIZE }),
        schema,
      });
      if (!answer) throw noRoute();
      yield answer;
      if (page >= answer.meta.totalPages) return;
    }
  }

  /** Ids of traces by a filter that both versions have. */
  async function filtered(query: Query): Promise<string[]> {
    const found = new Set<string>();
    if (await isV4()) {
      for await (const rows of observations({ fields: "core", ...query }))
        for (const { traceId } of rows) if (traceId) found.add(traceId);
    } else {
      for await (const { data } of numbered("/api/public/traces", query, numberedSchema))
        for (const { id } of data) found.add(id);
    }
    return [...found];
  }

  async function isThere(traceId: string): Promise<boolean> {
    if (await isV4()) return (await filtered({ traceId, limit: 1 })).length > 0;
    const path = `/api/public/traces/${traceId}`;
    return (await askLangfuse(api, { path, schema: z.looseObject({ id: z.string() }) })) !== null;
  }

  /** Traces with an observation of a name for which `matches` holds of its JSON. */
  async function matching(name: string, matches: (row: string) => boolean): Promise<string[]> {
    const found = new Set<string>();
    const look = (rows: readonly { traceId?: string | null | undefined }[]) => {
      for (const row of rows) if (row.traceId && matches(JSON.stringify(row))) found.add(row.traceId);
    };
    if (await isV4()) {
      for await (const rows of observations({ name, ...WHOLE })) look(rows);
    } else {
      for await (const { data } of numbered("/api/public/observations", { name }, numberedSchema)) look(data);
    }
    return [...found];
  }

  /** Retrievals that found the document, and later calls about answers that rest on it. */
  async function withDocument(documentId: string, traceIds: readonly string[]): Promise<string[]> {
    const found = await matching(RETRIEVAL, (row) => row.includes(documentId));
    const answers = new Set([...found, ...traceIds]);
    const isAbout = (row: string) => (row.match(UUID) ?? []).some((id) => answers.has(toTraceId(id)));
    return [...found, ...(await matching(SUPPORT, isAbout))];
  }

  async function remove(path: string, body?: object): Promise<void> {
    const schema = z.unknown();
    await askLangfuse(api, { method: "DELETE", path, schema, ...(body && { body }) });
  }

  return {
    async traces({ traceIds, sessionIds, userId, documentId }: TracesOf) {
      const found = new Set<string>();
      for (const sessionId of sessionIds) for (const id of await filtered({ sessionId })) found.add(id);
      if (userId !== null) for (const id of await filtered({ userId })) found.add(id);
      if (documentId !== null) for (const id of await withDocument(documentId, traceIds)) found.add(id);
      for (const id of traceIds) if (!found.has(id) && (await isThere(id))) found.add(id);
      return [...found];
    },
    async removeTraces(traceIds) {
      for (const ids of chunks(traceIds)) await remove("/api/public/traces", { traceIds: ids });
    },
    async scores(traceIds) {
      const found: string[] = [];
      if (await isV4()) {
        for (const ids of chunks(traceIds)) for await (const { id } of scoresOf(ids)) found.push(id);
      } else {
        for (const traceId of traceIds)
          for await (const { data } of numbered("/api/public/v2/scores", { traceId }, numberedSchema))
            found.push(...data.map(({ id }) => id));
      }
      return found;
    },
    async removeScores(ids) {
      for (const id of ids) await remove(`/api/public/scores/${encodeURIComponent(id)}`);
    },
    async datasetItems(traceIds) {
      const wanted = new Set(traceIds);
      const found: string[] = [];
      for await (const { data } of numbered("/api/public/dataset-items", {}, itemsSchema)) {
        // An id of ours begins with the trace that the item was made of.
        for (const { id, sourceTraceId } of data)
          if (wanted.has(sourceTraceId ?? "") || wanted.has(id.split("-")[0] ?? "")) found.push(id);
      }
      return found;
    },
    async removeDatasetItems(ids) {
      for (const id of ids) await remove(`/api/public/dataset-items/${encodeURIComponent(id)}`);
    },
  };
}

function chunks(ids: readonly string[]): string[][] {
  const count = Math.ceil(ids.length / IDS_PER_CALL);
  return Array.from({ length: count }, (_, at) => ids.slice(at * IDS_PER_CALL, (at + 1) * IDS_PER_CALL));
}

function noRoute() {
  return new AppError("upstream_failed", "Langfuse's API was not found at this address (404).");
}
