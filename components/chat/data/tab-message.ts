import * as z from "zod/mini";

/** What one tab tells the others of this browser. `null`: the list of conversations alone changed. */
export const tabMessageSchema = z.object({ session_id: z.nullable(z.string()) });
export type TabMessage = z.infer<typeof tabMessageSchema>;
