import type { RunListItem, RunListPage } from "@/lib/domain/run-list";

/**
 * The lines of all pages in order, each run once: one whose rank changed between two pages' answers is in both,
 * and the newer answer, which comes first, holds.
 */
export function mergePages(pages: readonly RunListPage[]): RunListItem[] {
  const seen = new Set<string>();
  return pages
    .flatMap(({ items }) => items)
    .filter(({ request_id }) => !seen.has(request_id) && seen.add(request_id));
}
