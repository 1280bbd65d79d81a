import { z } from "zod";
import type { Generation, PromptMessage } from "@/lib/domain/run-record";
import { inSpan } from "@/lib/events/in-span";
import type { RecordedEvent } from "@/lib/events/run-event";
import type { OpenSpan } from "@/lib/events/span-scope";
import { type Stage, untilAborted } from "./stage";
import { toJsonSchema } from "./to-json-schema";
import { estimateUsage, unknownUsage } from "./usage-of-call";

interface SideCall<T> {
  name: string;
  purpose: Exclude<Generation["purpose"], "answer">;
  system: string;
  user: string;
  schema: z.ZodType<T>;
}

/**
 * A small question of our own to the model, answered in JSON within `sideCallTimeoutMs`, recorded as a
 * generation below `parent`. Returns null when the model is the extractive one, fails, is late or answers
 * something else: whoever asks has another way. Throws only when the run itself is aborted.
 */
export async function* sideCall<T>(
  stage: Stage,
  parent: OpenSpan,
  call: SideCall<T>,
): AsyncGenerator<RecordedEvent, T | null> {
  if (stage.ports.model.extractive) return null;
  try {
    return yield* inSpan(
      stage.time,
      { name: call.name, kind: "generation", parent, attributes: { purpose: call.purpose } },
      stage.signal,
      (span) => ask(stage, span, call),
    );
  } catch {
    stage.signal.throwIfAborted();
    return null;
  }
}

async function* ask<T>(stage: Stage, span: OpenSpan, call: SideCall<T>) {
  const { model, tokenizer, prices, limits } = stage.ports;
  const modelName = stage.settings.model;
  const messages = [toMessage("system", call.system, tokenizer), toMessage("user", call.user, tokenizer)];
  const { name, purpose } = call;
  const schema = { name, schema: toJsonSchema(call.schema) };
  yield {
    type: "prompt" as const,
    span_id: span.spanId,
    name,
    purpose,
    model: modelName,
    parameters: { temperature: 0, response_format: { type: "json_schema", json_schema: schema } },
    messages,
  };
  const signal = AbortSignal.any([stage.signal, AbortSignal.timeout(limits.sideCallTimeoutMs)]);
  let reply: Awaited<ReturnType<typeof model.completeJson>>;
  try {
    const request = model.completeJson({ model: modelName, messages, temperature: 0, signal, schema });
    reply = await untilAborted(signal, request);
  } catch (error) {
    const finish_reason = stage.signal.aborted ? "aborted" : "error";
    yield endEvent(span, { ...unknownUsage, model: modelName, response: "", finish_reason });
    throw error;
  }
  const usage = reply.usage ?? estimateUsage(messages, reply.text, tokenizer.count);
  yield endEvent(span, {
    model: reply.model,
    response: reply.text,
    usage,
    usage_source: reply.usage ? "provider" : "estimated",
    cost_usd: prices.cost(reply.model, usage),
    finish_reason: "stop",
  });
  const value = call.schema.parse(JSON.parse(reply.text));
  return { value, output: z.json().parse(value) };
}

type GenerationEnd = Extract<RecordedEvent, { type: "generation-end" }>;

function endEvent(
  span: OpenSpan,
  end: Omit<GenerationEnd, "type" | "span_id" | "ttft_ms" | "duration_ms">,
): GenerationEnd {
  return {
    type: "generation-end",
    span_id: span.spanId,
    ttft_ms: null,
    duration_ms: span.elapsedMs(),
    ...end,
  };
}

function toMessage(
  role: "system" | "user",
  content: string,
  tokenizer: Stage["ports"]["tokenizer"],
): PromptMessage {
  const tokens = tokenizer.count(content);
  const origin = role === "system" ? ("system" as const) : ("question" as const);
  return {
    role,
    content,
    tokens,
    parts: [{ origin, passage_id: null, start: 0, end: content.length, tokens }],
  };
}
