import useSWR, { mutate } from "swr";
import { getJson } from "@/components/chat/data/api-client";
import {
  type KnowledgeBaseSummary,
  knowledgeBaseSummaryListSchema,
} from "@/lib/domain/knowledge-base-summary";

const LIST = "/api/knowledge-bases";

/** All knowledge bases; `bases` is undefined while they load. */
export function useBaseList(): { bases: KnowledgeBaseSummary[] | undefined; failed: boolean } {
  const { data, error } = useSWR(LIST, (path) => getJson(path, knowledgeBaseSummaryListSchema));
  return { bases: data, failed: error !== undefined };
}

/** Fetches again what says how many documents there are. */
export async function refreshBases(): Promise<void> {
  await mutate(
    (key) => typeof key === "string" && (key === LIST || /^\/api\/knowledge-bases\/[^/]+$/.test(key)),
  );
}
