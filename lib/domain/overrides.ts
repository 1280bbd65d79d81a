import { z } from "zod";

/** What a developer may change for one request. */
export const overridesSchema = z.strictObject({
  top_k: z.int().min(1).max(50).optional(),
  context_tokens: z.int().min(256).max(128_000).optional(),
  model: z.string().trim().min(1).max(200).optional(),
  temperature: z.number().min(0).max(2).optional(),
  system_prompt: z.string().max(8000).optional(),
});
export type Overrides = z.infer<typeof overridesSchema>;
