/** The pseudo knowledge base that answers without retrieval. */
export const GENERAL_KB = "general";
