import * as z from "zod/mini";
import { feedbackSchema } from "./feedback";
import { requestIdSchema, toTraceId } from "./ids";

/** A score as the tracing backend should have it. Of one answer and name there is one at most. */
export const scoreExportSchema = z.discriminatedUnion("name", [
  z.object({
    request_id: requestIdSchema,
    name: z.literal("user_feedback"),
    /** Masked; null: it was taken back. */
    vote: z.nullable(feedbackSchema),
  }),
  z.object({
    request_id: requestIdSchema,
    name: z.literal("citation_support"),
    /** Mean support of the answer's citations, in [0, 1]. */
    support: z.number(),
  }),
]);
export type ScoreExport = z.infer<typeof scoreExportSchema>;

const NAMES = ["user_feedback", "citation_support"] as const satisfies readonly ScoreExport["name"][];

/** The id that a score has in Langfuse, the same at each try. */
export function scoreIdOf({ request_id, name }: Pick<ScoreExport, "request_id" | "name">): string {
  return `${toTraceId(request_id)}-${name}`;
}

/** The ids of all scores that an answer may have. */
export function scoreIdsOf(requestId: string): string[] {
  return NAMES.map((name) => scoreIdOf({ request_id: requestId, name }));
}
