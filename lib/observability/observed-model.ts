import { z } from "zod";
import type { Generation, Span } from "@/lib/domain/run-record";
import { type Usage, usageSchema } from "@/lib/domain/usage";
import type { Json } from "./json-text";
import type { Observation } from "./observation";

/** What an observation says of a model's work. */
export type ObservedModel = Pick<
  Observation,
  "model" | "modelParameters" | "usageDetails" | "costDetails" | "completionStartTime" | "prompt"
>;

export const noModel: ObservedModel = {
  model: null,
  modelParameters: null,
  usageDetails: null,
  costDetails: null,
  completionStartTime: null,
  prompt: null,
};

const promptSchema = z.object({ prompt_name: z.string(), prompt_version: z.number().int() });

/** The model call of a span that began at `startTime` (epoch milliseconds). */
export function describeGeneration(
  generation: Generation,
  { attributes }: Span,
  startTime: number,
): ObservedModel {
  const { model, parameters, usage, cost_usd, ttft_ms } = generation;
  return {
    model: model || null,
    modelParameters: Object.fromEntries(
      Object.entries(parameters).map(([key, value]) => [key, toParameter(value)]),
    ),
    usageDetails: usage && toUsageDetails(usage),
    costDetails: cost_usd === null ? null : { total: cost_usd },
    completionStartTime: ttft_ms === null ? null : startTime + ttft_ms,
    prompt: toPrompt(attributes),
  };
}

/** An embedding has no section of its own: its model, usage and cost are attributes of its span. */
export function describeEmbedding({ attributes }: Span): ObservedModel {
  const { model, cost_usd, prompt_tokens } = attributes;
  const usage = usageSchema.safeParse(attributes.usage).data;
  const known = usage?.prompt_tokens ?? (typeof prompt_tokens === "number" ? prompt_tokens : null);
  return {
    ...noModel,
    model: typeof model === "string" ? model : null,
    usageDetails: known === null ? null : { input: known, total: usage?.total_tokens ?? known },
    costDetails: typeof cost_usd === "number" ? { total: cost_usd } : null,
  };
}

function toPrompt(attributes: Span["attributes"]): ObservedModel["prompt"] {
  const { prompt_name, prompt_version } = promptSchema.safeParse(attributes).data ?? {};
  return prompt_name && prompt_version !== undefined ? { name: prompt_name, version: prompt_version } : null;
}

function toUsageDetails({ prompt_tokens, completion_tokens, total_tokens }: Usage) {
  return { input: prompt_tokens, output: completion_tokens, total: total_tokens };
}

function toParameter(value: Json): string | number {
  return typeof value === "string" || typeof value === "number" ? value : JSON.stringify(value);
}
