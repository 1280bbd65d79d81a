/** What a masked value is replaced by. */
export const MASK = "•••";
