import { ACCEPTED_EXTENSIONS, MAX_FILE_BYTES } from "@/lib/domain/document-file";

/** Why a file is not sent at all; the page has a sentence for each. */
export type FileProblem = "type" | "size" | "empty";

/** What can be told from a file's name and size alone; the rest shows when the server reads it. */
export function checkFile({ name, size }: Pick<File, "name" | "size">): FileProblem | null {
  const extension = name.slice(name.lastIndexOf(".")).toLowerCase();
  if (!name.includes(".") || !ACCEPTED_EXTENSIONS.includes(extension)) return "type";
  if (size === 0) return "empty";
  return size > MAX_FILE_BYTES ? "size" : null;
}
