import { z } from "zod";
import { passageViewSchema } from "./passage";

/** Passages that a source is shown with on each side; fewer are all there are. */
export const SOURCE_NEIGHBOURS = 8;

/** What `GET /api/chat/{request_id}/sources/{n}` answers: a source as the answer had it, and as it is now. */
export const citedSourceSchema = z.object({
  /**
   * `same`: the passage is there; `changed`: another text stands in its place; `removed`: its document has
   * nothing like it any more; `deleted`: the document itself is gone.
   */
  state: z.enum(["same", "changed", "removed", "deleted"]),
  /** The passage as the answer had it. */
  cited: z.object({
    title: z.string(),
    heading: z.string(),
    text: z.string(),
    /** false when only its beginning was kept. */
    complete: z.boolean(),
  }),
  /** The passage as it is now, or what stands in its place; null where nothing does. */
  passage: passageViewSchema.nullable(),
});
export type CitedSource = z.infer<typeof citedSourceSchema>;
