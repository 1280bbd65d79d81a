/** Keys of one conversation, on one node of a cluster. */
export function conversationKeys(sessionId: string) {
  return {
    /**
     * Hash: `v`, `owner`, `title`, `created_at`, `updated_at`, `pinned`, `private`, `turns`, `share`, and per id `m:` a
     * message,
     * `v:` an answer's version, `f:` its feedback, `a:` the active version of an answer.
     */
    conversation: `chat:{${sessionId}}`,
    /** List of the `m:` and `v:` fields in the order in which they were added. */
    order: `chat:{${sessionId}}:order`,
    /** Hash: the text of each passage that an answer cited, by its id. */
    passages: `chat:{${sessionId}}:passages`,
  };
}

/** Sorted set: an owner's conversations by rank. */
export function conversationIndexKey(owner: string): string {
  return `chats:{${owner}}`;
}

/** The conversation that is shared under an id. */
export function shareKey(shareId: string): string {
  return `share:{${shareId}}`;
}

/** Where the answer of a request lives. */
export function answerKey(requestId: string): string {
  return `answer:{${requestId}}`;
}
