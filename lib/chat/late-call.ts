import type { Generation, PromptMessage } from "@/lib/domain/run-record";
import { keepsContent, toKeptText } from "@/lib/security/redaction";
import { withholdMessages } from "@/lib/security/withhold-event";
import type { ChatPorts } from "./question";
import { estimateUsage, unknownUsage } from "./usage-of-call";

export type LateCallPorts = Pick<ChatPorts, "model" | "tokenizer" | "prices" | "clock" | "ids">;

interface LateQuestion {
  name: string;
  purpose: Generation["purpose"];
  /** Masked: what is kept of the call is what was sent, or its sizes. */
  messages: PromptMessage[];
  timeoutMs: number;
}

/**
 * A small question to the model after a run's end, answered in JSON. Does not throw: a fault is a generation that
 * failed, and no text.
 */
export async function callLate(
  { name, purpose, messages, timeoutMs }: LateQuestion,
  { model, tokenizer, prices, clock, ids }: LateCallPorts,
): Promise<{ text: string | null; generation: Generation }> {
  const startedAt = clock.monotonic();
  const generation: Generation = {
    span_id: ids.spanId(),
    name,
    purpose,
    model: model.defaultModel,
    parameters: { temperature: 0, response_format: { type: "json_object" } },
    messages: keepsContent() ? messages : withholdMessages(messages),
    response: "",
    ...unknownUsage,
    ttft_ms: null,
    duration_ms: null,
    finish_reason: "error",
  };
  const sinceStart = () => Math.round((clock.monotonic() - startedAt) * 1000) / 1000;
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const reply = await model.completeJson({ model: model.defaultModel, messages, temperature: 0, signal });
    const usage = reply.usage ?? estimateUsage(messages, reply.text, tokenizer.count);
    const ended: Generation = {
      ...generation,
      model: reply.model,
      response: toKeptText(reply.text),
      usage,
      usage_source: reply.usage ? "provider" : "estimated",
      cost_usd: prices.cost(reply.model, usage),
      finish_reason: "stop",
      duration_ms: sinceStart(),
    };
    return { text: reply.text, generation: ended };
  } catch {
    return { text: null, generation: { ...generation, duration_ms: sinceStart() } };
  }
}

/** A message of one part. */
export function lateMessage(
  role: "system" | "user",
  content: string,
  origin: PromptMessage["parts"][number]["origin"],
  count: (text: string) => number,
): PromptMessage {
  const tokens = count(content);
  return {
    role,
    content,
    tokens,
    parts: [{ origin, passage_id: null, start: 0, end: content.length, tokens }],
  };
}

/** JSON as it is, or null where a model answered something else. */
export function parseReply(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
