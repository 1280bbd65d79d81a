/** The look of one choice out of a few, all of them visible: the frame, a choice, and the one that is made. */
export const SEGMENTS = "inline-flex rounded-row bg-bg2 p-0.5";
export const SEGMENT =
  "inline-flex h-5 items-center gap-1 rounded-chip px-2 font-medium text-fg1 text-meta leading-[1.25rem] hover:text-fg0 max-sm:h-8";
export const SEGMENT_CHOSEN =
  "bg-bg0 text-fg0 shadow-[0_0_0_1px_var(--line),var(--sh1)] dark:bg-bg3 dark:shadow-none";
