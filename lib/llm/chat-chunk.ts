import { z } from "zod";
import type { Usage } from "@/lib/domain/usage";
import { ProviderFault } from "./provider-fault";

const usageReportSchema = z.object({
  prompt_tokens: z.number(),
  completion_tokens: z.number(),
  total_tokens: z.number().nullish(),
});

const deltaSchema = z.object({
  content: z.string().nullish(),
  // Two spellings of the same: DeepSeek's and OpenRouter's.
  reasoning_content: z.string().nullish(),
  reasoning: z.string().nullish(),
  refusal: z.string().nullish(),
});

const chunkSchema = z.object({
  model: z.string().nullish(),
  choices: z.array(z.object({ delta: deltaSchema.nullish(), finish_reason: z.string().nullish() })).nullish(),
  usage: z.unknown().optional(),
});

const completionSchema = z.object({
  model: z.string().nullish(),
  choices: z.array(z.object({ message: deltaSchema, finish_reason: z.string().nullish() })).min(1),
  usage: z.unknown().optional(),
});

/** What one chunk of a stream says, with everything that we do not use left out. */
export interface ChatChunk {
  /** Empty where the chunk brings none. */
  text: string;
  /** True when the model thought aloud: it is alive, though nothing is to be shown. */
  reasoning: boolean;
  finishReason: string | null;
  usage: Usage | null;
  model: string | null;
}

/** Reads one chunk as it came over the wire. Throws ProviderFault `malformed`. */
export function parseChatChunk(value: unknown): ChatChunk {
  const parsed = chunkSchema.safeParse(value);
  if (!parsed.success) throw new ProviderFault("malformed", { cause: parsed.error });
  const choice = parsed.data.choices?.[0];
  const delta = choice?.delta;
  return {
    text: delta?.content || delta?.refusal || "",
    reasoning: Boolean(delta?.reasoning_content || delta?.reasoning),
    finishReason: choice?.finish_reason || null,
    usage: readUsage(parsed.data.usage),
    model: parsed.data.model || null,
  };
}

/** Reads a whole completion. Throws ProviderFault `malformed`. */
export function parseChatCompletion(value: unknown): Omit<ChatChunk, "reasoning"> {
  const parsed = completionSchema.safeParse(value);
  const choice = parsed.data?.choices[0];
  if (!parsed.success || !choice) throw new ProviderFault("malformed", { cause: parsed.error });
  return {
    text: choice.message.content || choice.message.refusal || "",
    finishReason: choice.finish_reason || null,
    usage: readUsage(parsed.data.usage),
    model: parsed.data.model || null,
  };
}

/** Null where none is reported; a report of nothing but zeros is none either, as some servers send it. */
function readUsage(value: unknown): Usage | null {
  const parsed = usageReportSchema.safeParse(value);
  if (!parsed.success) return null;
  const { prompt_tokens, completion_tokens } = parsed.data;
  if (![prompt_tokens, completion_tokens].every((count) => Number.isSafeInteger(count) && count >= 0))
    return null;
  if (prompt_tokens + completion_tokens === 0) return null;
  return {
    prompt_tokens,
    completion_tokens,
    total_tokens: parsed.data.total_tokens || prompt_tokens + completion_tokens,
  };
}
