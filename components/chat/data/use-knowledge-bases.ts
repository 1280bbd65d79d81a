import useSWR from "swr";
import { GENERAL_KB } from "@/lib/domain/general-kb";
import type { KnowledgeBaseSummary } from "@/lib/domain/knowledge-base-summary";
import { getJson } from "./api-client";

const loadSchema = () =>
  import("@/lib/domain/knowledge-base-summary").then(
    ({ knowledgeBaseSummaryListSchema }) => knowledgeBaseSummaryListSchema,
  );

/** undefined while loading. */
export function useKnowledgeBases(): KnowledgeBaseSummary[] | undefined {
  return useSWR("/api/knowledge-bases", (path) => getJson(path, loadSchema()), { revalidateOnFocus: false })
    .data;
}

/** The name of a knowledge base; its prefix where the list does not know it (any more). */
export function kbTitle(
  prefix: string,
  knowledgeBases: readonly KnowledgeBaseSummary[] | undefined,
  general: string,
): string {
  if (prefix === GENERAL_KB) return general;
  return knowledgeBases?.find((kb) => kb.prefix === prefix)?.title ?? prefix;
}
