import { z } from "zod";
import { supportEvidenceSchema } from "./citation-support";
import { generationSchema } from "./run-record";

/** What was found out about one citation after the answer. */
export const citationSupportSchema = z.object({
  /** Where its mark begins in the answer. */
  start: z.number().int(),
  /** Null where it cannot be told. */
  support: z.number().min(0).max(1).nullable(),
  evidence: supportEvidenceSchema.nullable(),
});
export type CitationSupport = z.infer<typeof citationSupportSchema>;

/** The support check of a run, which comes after its end. */
export const supportFactsSchema = z.object({
  method: z.enum(["lexical", "model"]),
  /** The model is still being asked; what is here is by the words alone. */
  pending: z.boolean(),
  citations: z.array(citationSupportSchema),
  /** The call of the model that judged. */
  generation: generationSchema.nullable(),
});
export type SupportFacts = z.infer<typeof supportFactsSchema>;
