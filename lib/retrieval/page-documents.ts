import type { DocumentSummary } from "@/lib/domain/document";

interface DocumentQuery {
  q?: string | undefined;
  /** Name of the last document of the page before. */
  before?: string | undefined;
  limit: number;
}

/** One page of documents by name, those whose name or title contains `q`. */
export function pageDocuments(documents: readonly DocumentSummary[], { q, before, limit }: DocumentQuery) {
  const wanted = q?.toLowerCase() ?? "";
  const matching = documents
    .filter(({ name, title }) => `${name}\n${title}`.toLowerCase().includes(wanted))
    .filter(({ name }) => before === undefined || name > before)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const items = matching.slice(0, limit);
  return { items, next: matching.length > limit ? (items.at(-1)?.name ?? null) : null };
}
