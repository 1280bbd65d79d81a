import useSWR, { mutate } from "swr";
import { z } from "zod";
import { getJson } from "@/components/chat/data/api-client";
import { type KnowledgeBaseSummary, knowledgeBaseSummarySchema } from "@/lib/domain/knowledge-base-summary";

const LIST = "/api/knowledge-bases";
const listSchema = z.array(knowledgeBaseSummarySchema);

/** All knowledge bases; `bases` is undefined while they load. */
export function useBaseList(): { bases: KnowledgeBaseSummary[] | undefined; failed: boolean } {
  const { data, error } = useSWR(LIST, (path) => getJson(path, listSchema));
  return { bases: data, failed: error !== undefined };
}

/** Fetches again what says how many documents there are. */
export async function refreshBases(): Promise<void> {
  await mutate(
    (key) => typeof key === "string" && (key === LIST || /^\/api\/knowledge-bases\/[^/]+$/.test(key)),
  );
}
