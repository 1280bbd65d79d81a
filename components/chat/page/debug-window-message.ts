import * as z from "zod/mini";

/** What a chat and the window that its debug panel was moved to tell one another. */
export const debugWindowMessageSchema = z.discriminatedUnion("type", [
  /** From a chat that was loaded anew: is the window still there? */
  z.object({ type: z.literal("hello") }),
  /** From the window: it is there and shows this request. */
  z.object({ type: z.literal("showing"), request_id: z.string() }),
  /** From the window: it was closed or left. */
  z.object({ type: z.literal("gone") }),
  /** From the chat: show this request. */
  z.object({ type: z.literal("show"), request_id: z.string() }),
  /** From the window: the panel goes back beside the chat, with this query in the chat's address. */
  z.object({ type: z.literal("dock"), search: z.string() }),
  /** From either: this passage is pointed at, or none any more. */
  z.object({ type: z.literal("passage"), passage_id: z.nullable(z.string()) }),
]);
export type DebugWindowMessage = z.infer<typeof debugWindowMessageSchema>;
