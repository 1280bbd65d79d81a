export const BASES_PATH = "/knowledge";
export const BENCH_PATH = "/knowledge/search";

export function basePath(prefix: string): string {
  return `/knowledge/bases/${prefix}`;
}

/** Where a document's passages are looked through and switched on and off. */
export function documentAdminPath(prefix: string, documentId: string): string {
  return `${basePath(prefix)}/${encodeURIComponent(documentId)}`;
}

/** Where a document is read as its users read it. */
export function readingPath(documentId: string): string {
  return `/documents/${encodeURIComponent(documentId)}`;
}
