import useSWR from "swr";
import { ApiFailure, getJson } from "@/components/chat/data/api-client";
import { type KnowledgeBaseDetail, knowledgeBaseDetailSchema } from "@/lib/domain/knowledge-base";

export type Loaded<T> = { state: "loading" | "missing" | "failed" } | { state: "ready"; value: T };

/** One knowledge base with its keywords; null loads none. */
export function useBase(prefix: string | null): Loaded<KnowledgeBaseDetail> {
  const { data, error } = useSWR(
    prefix === null ? null : `/api/knowledge-bases/${prefix}`,
    (path) => getJson(path, knowledgeBaseDetailSchema),
    { shouldRetryOnError: (failure) => !isMissing(failure) },
  );
  if (isMissing(error)) return { state: "missing" };
  if (data) return { state: "ready", value: data };
  return { state: error ? "failed" : "loading" };
}

export function isMissing(failure: unknown): boolean {
  return failure instanceof ApiFailure && failure.status === 404;
}
