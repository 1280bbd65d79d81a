/** The look of a citation's number, in the text and in the list of sources. */
export const CITATION_CHIP =
  "relative mr-px ml-0.5 inline-grid h-4 min-w-[18px] place-items-center rounded-chip bg-accent-bg px-1 align-[1px] font-medium font-sans text-accent text-label tabular-nums";
