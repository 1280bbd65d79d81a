/** The Markdown renderer is a chunk of its own: an empty page does without it. Call early to have it in time. */
export function loadMarkdown() {
  return import("./markdown");
}
