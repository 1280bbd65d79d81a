import useSWR from "swr";
import { getJson } from "@/components/chat/data/api-client";
import { type DocumentDetail, documentDetailSchema } from "@/lib/domain/job";
import { documentPath } from "./document-requests";
import { isMissing, type Loaded } from "./use-base";

const POLL_MS = 1_000;

/** One document with its last job; asks again while that runs and the page can be seen. */
export function useDocument(kbPrefix: string, documentId: string): Loaded<DocumentDetail> {
  const { data, error } = useSWR(
    documentPath(kbPrefix, documentId),
    (path) => getJson(path, documentDetailSchema),
    {
      shouldRetryOnError: (failure) => !isMissing(failure),
      refreshInterval: (document) => (isIndexing(document) ? POLL_MS : 0),
    },
  );
  if (isMissing(error)) return { state: "missing" };
  if (data) return { state: "ready", value: data };
  return { state: error ? "failed" : "loading" };
}

export function isIndexing(document: DocumentDetail | undefined): boolean {
  return document?.job?.state === "queued" || document?.job?.state === "running";
}
