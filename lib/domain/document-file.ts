/** Endings of the files that can become documents of a knowledge base. */
export const ACCEPTED_EXTENSIONS: readonly string[] = [
  ".md",
  ".mdx",
  ".txt",
  ".html",
  ".pdf",
  ".docx",
  ".csv",
];

/** The largest file that is taken, in bytes. */
export const MAX_FILE_BYTES = 20 * 1024 * 1024;
