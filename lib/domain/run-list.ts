import { z } from "zod";
import { feedbackValueSchema } from "./feedback";
import { runStatusSchema } from "./run-record";
import { traceStateSchema } from "./trace-link";

/** Every way to sort the list of runs; the highest comes first, unknown values come last. */
export const runSortSchema = z.enum(["time", "duration", "tokens", "cost"]);
export type RunSort = z.infer<typeof runSortSchema>;

/** One line of the requests list. */
export const runListItemSchema = z.object({
  request_id: z.string(),
  session_id: z.string(),
  started_at: z.number(),
  status: runStatusSchema,
  message: z.string(),
  /** Where a search hit lies when the question's beginning does not show it: in the answer or further on. */
  excerpt: z.string().nullable(),
  kb_prefix: z.string(),
  agents: z.array(z.string()),
  model: z.string(),
  total_duration_ms: z.number().nullable(),
  total_tokens: z.number().nullable(),
  cost_usd: z.number().nullable(),
  feedback: z.nullable(feedbackValueSchema),
  trace_state: traceStateSchema,
});
export type RunListItem = z.infer<typeof runListItemSchema>;

/** One page of `GET /api/debug`; `next` is the `before` of the page that follows. */
export const runListPageSchema = z.object({
  items: z.array(runListItemSchema),
  next: z.string().nullable(),
});
export type RunListPage = z.infer<typeof runListPageSchema>;
