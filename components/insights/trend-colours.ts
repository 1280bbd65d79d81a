/** By place of the series; the kinds' colours, which are told apart in both themes. */
export const TREND_COLOURS = [
  "var(--k-retriever)",
  "var(--k-generation)",
  "var(--k-context)",
  "var(--k-route)",
  "var(--k-plan)",
] as const;
