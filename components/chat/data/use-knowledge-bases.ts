import useSWR from "swr";
import * as z from "zod/mini";
import {
  GENERAL_KB,
  type KnowledgeBaseSummary,
  knowledgeBaseSummarySchema,
} from "@/lib/domain/knowledge-base-summary";
import { getJson } from "./api-client";

const listSchema = z.array(knowledgeBaseSummarySchema);

/** undefined while loading. */
export function useKnowledgeBases(): KnowledgeBaseSummary[] | undefined {
  return useSWR("/api/knowledge-bases", (path) => getJson(path, listSchema), { revalidateOnFocus: false })
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
