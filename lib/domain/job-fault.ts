/** What can be wrong with a file. */
export const FILE_FAULTS = [
  /** The ending of its name is none of the accepted ones. */
  "unsupported",
  "too_large",
  /** Nothing in it, or nothing but white space. */
  "empty",
  /** It asks for a password. */
  "encrypted",
  /** A scan: pages, but no text on them. */
  "no_text",
  "corrupt",
  /** The content is not what the ending says. */
  "mislabelled",
  /** It needs more time, memory, depth, pages or rows than a file may. */
  "too_complex",
] as const;

/** Why a job failed, for pages in other languages than that of its sentence. */
export const JOB_FAULTS = [
  ...FILE_FAULTS,
  /** Its name, or its knowledge base, is refused. */
  "refused",
  /** The embedding model, or the one that extracts triples, failed. */
  "model",
  /** The document was deleted meanwhile. */
  "deleted",
  "unexpected",
] as const;
