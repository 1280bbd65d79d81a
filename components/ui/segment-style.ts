/** The look of one choice out of a few, all of them visible: the frame, a choice, the one that is made, the others. */
export const SEGMENTS = "inline-flex rounded-row bg-bg3 p-0.5";
export const SEGMENT =
  "inline-flex h-5 items-center gap-1 rounded-chip px-2 font-medium text-meta leading-[1.25rem] max-sm:h-8";
export const SEGMENT_CHOSEN =
  "bg-bg0 text-fg0 shadow-[0_0_0_1px_var(--line),var(--sh1)] dark:bg-bg3 dark:shadow-none";
export const SEGMENT_OTHER = "text-fg1 hover:text-fg0";
