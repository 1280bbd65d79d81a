/** Ids that were made within a minute begin alike, so the end of the id is shown as well; an imported one says so. */
export function shortId(requestId: string): string {
  return requestId.replace(/^(import-)?(.{8}).*(.{4})$/, "$1$2…$3");
}
