import * as z from "zod/mini";

const tokenCountSchema = z.int().check(z.nonnegative());

/** Tokens of one model call or of a sum of calls. */
export const usageSchema = z.object({
  prompt_tokens: tokenCountSchema,
  completion_tokens: tokenCountSchema,
  total_tokens: tokenCountSchema,
});
export type Usage = z.infer<typeof usageSchema>;

/** What one call of a model took; null is unknown. */
export interface CallCost {
  usage: Usage | null;
  cost_usd: number | null;
}

/** Sums usages; null when there is nothing to sum. */
export function sumUsage(usages: readonly Usage[]): Usage | null {
  if (usages.length === 0) return null;
  return usages.reduce((sum, usage) => ({
    prompt_tokens: sum.prompt_tokens + usage.prompt_tokens,
    completion_tokens: sum.completion_tokens + usage.completion_tokens,
    total_tokens: sum.total_tokens + usage.total_tokens,
  }));
}

/** Sums costs in US dollars; one unknown part makes the sum unknown, and no part at all as well. */
export function sumCost(costs: readonly (number | null)[]): number | null {
  if (costs.length === 0) return null;
  return costs.reduce<number | null>((sum, cost) => (sum === null || cost === null ? null : sum + cost), 0);
}
