import { z } from "zod";
import { spanIdSchema } from "./ids";

/** What of a span can be too long for an event: its own three fields, and the two of a model call. */
export const payloadPartSchema = z.enum(["input", "output", "attributes", "messages", "response"]);
export type PayloadPart = z.infer<typeof payloadPartSchema>;

/** A part that its event shows the beginning of, while more of it is kept beside the events. */
export const keptPayloadSchema = z.object({
  span_id: spanIdSchema,
  part: payloadPartSchema,
  /** Of its JSON, as far as it is kept. */
  characters: z.number().int(),
});
export type KeptPayload = z.infer<typeof keptPayloadSchema>;

/** `GET /api/debug/{request_id}/payloads/{span_id}?part=` */
export const payloadSchema = z.object({
  span_id: spanIdSchema,
  part: payloadPartSchema,
  /** For `messages` as a generation has them, for `response` a text, else any JSON. */
  value: z.json(),
  /** False when even this is only the beginning. */
  complete: z.boolean(),
});
export type Payload = z.infer<typeof payloadSchema>;
