import { z } from "zod";

/** From this support on a cited sentence counts as said by its passage; how it is computed is in the handbook. */
export const SUPPORT_THRESHOLD = 0.5;

/** Why a cited sentence has the support that it has. */
export const supportEvidenceSchema = z.object({
  /** The stretch of the passage that comes nearest to it. */
  sentence: z.string(),
  /** Numbers and names that the sentence has and the passage has not. */
  missing: z.array(z.string()),
  /** One of the two denies what the other says. */
  negation: z.boolean(),
  /** The model's own words, where it judged. */
  reason: z.string().nullable(),
});
export type SupportEvidence = z.infer<typeof supportEvidenceSchema>;

interface Checked {
  support: number | null;
}

/** Whether a citation was checked and its passage does not say what its sentence says. */
export function isUnsupported({ support }: Checked): boolean {
  return support !== null && support < SUPPORT_THRESHOLD;
}

/** Mean support of the citations that were checked, in [0, 1]; null when none was. */
export function meanSupport(citations: readonly Checked[]): number | null {
  const checked = citations.flatMap(({ support }) => support ?? []);
  return checked.length > 0 ? checked.reduce((sum, support) => sum + support, 0) / checked.length : null;
}
