import { MASK } from "@/lib/domain/mask";
import type { Generation } from "@/lib/domain/run-record";

/** What makes a model call what it is. */
export type ModelCall = Pick<Generation, "model" | "parameters" | "messages">;

/** The body of the call to an OpenAI-compatible server, as JSON that is also a JavaScript literal. */
export function requestBody({ model, parameters, messages }: ModelCall): string {
  const plain = messages.map(({ role, content }) => ({ role, content }));
  return JSON.stringify({ model, ...parameters, messages: plain }, null, 2);
}

/** Whether the call holds a masked value: made again, it will not do what it did. */
export function isMasked(call: ModelCall): boolean {
  return requestBody(call).includes(MASK);
}
