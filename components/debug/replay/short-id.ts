/** The beginning of a run's id as it is shown; an imported one begins with a word. */
export function shortId(requestId: string): string {
  return requestId.replace(/^(import-)?(.{8}).*$/, "$1$2");
}
