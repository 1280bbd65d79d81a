import { z } from "zod";
import type { Payload } from "@/lib/domain/payload";
import { type Generation, promptMessageSchema } from "@/lib/domain/run-record";

const messagesSchema = z.array(promptMessageSchema);

/** The model call with what was loaded in the place of the beginnings that its record shows. */
export function wholeGeneration(generation: Generation, loaded: readonly (Payload | null)[]): Generation {
  let whole = generation;
  for (const payload of loaded) {
    if (payload?.part === "messages") {
      const messages = messagesSchema.safeParse(payload.value);
      if (messages.success) whole = { ...whole, messages: messages.data };
    }
    if (payload?.part === "response" && typeof payload.value === "string")
      whole = { ...whole, response: payload.value };
  }
  return whole;
}
