/** The shape of a citation's number. */
export const CITATION_SHAPE =
  "relative inline-grid h-4 min-w-[18px] place-items-center rounded-chip px-1 align-[1px] font-medium font-sans text-label tabular-nums";
/** How it looks, in the text and in the list of sources. */
export const CITATION_CHIP = `${CITATION_SHAPE} bg-accent-bg text-accent`;
/** Its distance from the words around it. */
export const CITATION_IN_TEXT = "mr-px ml-0.5";
