import type { PromptOrigin } from "@/lib/domain/run-record";

/** Where a part of the prompt comes from, as a colour of the design tokens. */
export const ORIGIN_COLOR: Readonly<Record<PromptOrigin, string>> = {
  system: "var(--k-plan)",
  memory: "var(--k-generation)",
  context: "var(--k-context)",
  question: "var(--fg1)",
};
