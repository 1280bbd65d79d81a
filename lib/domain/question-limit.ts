/** The longest question, in characters after trimming. */
export const MAX_QUESTION = 8_000;
