import useSWRInfinite from "swr/infinite";
import type { z } from "zod";
import { getJson } from "@/components/chat/data/api-client";
import { type PassageItem, passagePageSchema } from "@/lib/domain/document";
import { documentPath, setPassageEnabled } from "./document-requests";

const PAGE_SIZE = 50;
type PassagePage = z.infer<typeof passagePageSchema>;

/** The passages of a document in reading order, page after page. */
export function usePassages(kbPrefix: string, documentId: string) {
  const keyOf = (_index: number, previous: PassagePage | null) => {
    if (previous && previous.next === null) return null;
    const before = previous?.next ? `&before=${encodeURIComponent(previous.next)}` : "";
    return `${documentPath(kbPrefix, documentId)}/passages?limit=${PAGE_SIZE}${before}`;
  };
  const { data, error, isLoading, isValidating, setSize, mutate } = useSWRInfinite(
    keyOf,
    (path) => getJson(path, passagePageSchema),
    { revalidateFirstPage: false, revalidateAll: true },
  );
  return {
    /** undefined while loading */
    passages: data?.flatMap((page): PassageItem[] => page.items),
    failed: error !== undefined,
    loading: isLoading || isValidating,
    hasMore: data?.at(-1)?.next != null,
    showMore: () => void setSize((size) => size + 1),
    async setEnabled(passageId: string, enabled: boolean) {
      await setPassageEnabled(passageId, enabled);
      await mutate();
    },
  };
}
