import { type FileWithPath, fromEvent } from "file-selector";
import type { NamedFile } from "./send-files";

/**
 * The files of a drop or of a file field, those in folders too, each with its path below what was chosen.
 * Hidden files (`.DS_Store`, `.git/…`) are nobody's documents and left out.
 */
export async function pickFiles(event: Event): Promise<NamedFile[]> {
  const found = await fromEvent(event);
  return found
    .filter((entry): entry is FileWithPath => entry instanceof File)
    .map((file) => ({ file, name: toName(file.relativePath || file.name) }))
    .filter(({ name }) => !name.split("/").some((part) => part.startsWith(".")));
}

function toName(path: string): string {
  return path.replace(/^\.?\/+/, "");
}
