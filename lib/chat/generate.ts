import type { PromptMessage } from "@/lib/domain/run-record";
import type { Usage } from "@/lib/domain/usage";
import type { RecordedEvent, RunEvent } from "@/lib/events/run-event";
import { type OpenSpan, offsetMs, openSpan } from "@/lib/events/span-scope";
import type { StreamError } from "@/lib/events/stream-error";
import { ModelError } from "@/lib/llm/language-model";
import type { SystemPrompt } from "./choose-system-prompt";
import { toStreamError } from "./run-failure";
import type { Stage } from "./stage";
import { estimateUsage, unknownUsage } from "./usage-of-call";

/** How the answer ended; its text is kept also when it was stopped or failed. */
export interface GenerationOutcome {
  text: string;
  finishReason: "stop" | "length" | "aborted" | "error";
  error: StreamError | null;
}

/** What is known of a running generation. */
interface Draft {
  text: string;
  model: string;
  usage: Usage | null;
  ttftMs: number | null;
  finishReason: "stop" | "length";
}

/**
 * Stage 7: streams the answer. Does not throw: a stop or a fault of the model is an outcome, and its span,
 * the partial response and its usage are recorded all the same. After what was `written` before, there may be
 * nothing more to say.
 */
export async function* generate(
  stage: Stage,
  messages: PromptMessage[],
  { prompt, warning, written }: Pick<SystemPrompt, "prompt" | "warning"> & { written: string },
): AsyncGenerator<RunEvent, GenerationOutcome> {
  const { settings, time, root, signal } = stage;
  const origin = prompt && { prompt_name: prompt.name, prompt_version: prompt.version };
  const attributes = { purpose: "answer", model: settings.model, ...origin };
  const span = openSpan(time, { name: "llm_generation", kind: "generation", parent: root, attributes });
  yield span.started;
  if (warning !== null) yield span.log({ level: "warn", message: warning });
  yield promptEvent(stage, span, messages);
  const draft: Draft = { text: "", model: settings.model, usage: null, ttftMs: null, finishReason: "stop" };
  let outcome: GenerationOutcome;
  try {
    yield* streamText(stage, span, messages, draft);
    if (written === "") requireText(draft);
    outcome = { text: draft.text, finishReason: draft.finishReason, error: null };
  } catch (error) {
    outcome = signal.aborted
      ? { text: draft.text, finishReason: "aborted", error: null }
      : { text: draft.text, finishReason: "error", error: toStreamError(error) };
  }
  yield* endEvents(stage, span, messages, draft, outcome);
  return outcome;
}

function promptEvent({ settings }: Stage, span: OpenSpan, messages: PromptMessage[]): RecordedEvent {
  const { temperature } = settings;
  const parameters = { stream: true, ...(temperature !== null && { temperature }) };
  return {
    type: "prompt",
    span_id: span.spanId,
    name: "llm_generation",
    purpose: "answer",
    model: settings.model,
    parameters,
    messages,
  };
}

async function* streamText(
  { ports, settings, signal, time }: Stage,
  span: OpenSpan,
  messages: readonly PromptMessage[],
  draft: Draft,
): AsyncGenerator<RunEvent, void> {
  const plain = messages.map(({ role, content }) => ({ role, content }));
  const { model, temperature } = settings;
  for await (const chunk of ports.model.stream({ model, temperature, messages: plain, signal })) {
    if (chunk.type === "end") {
      draft.usage = chunk.usage;
      draft.model = chunk.model;
      draft.finishReason = chunk.finishReason;
      continue;
    }
    if (draft.ttftMs === null) {
      draft.ttftMs = span.elapsedMs();
      yield {
        type: "generation-first-token",
        span_id: span.spanId,
        ttft_ms: draft.ttftMs,
        offset_ms: offsetMs(time),
      };
    }
    draft.text += chunk.text;
    yield { type: "token", content: chunk.text };
    signal.throwIfAborted();
  }
}

function requireText({ text }: Draft): void {
  if (text.trim() !== "") return;
  const message = "The model answered nothing. Try again or choose another model.";
  throw new ModelError("model_bad_response", message, { retryable: true });
}

function* endEvents(
  { ports }: Stage,
  span: OpenSpan,
  messages: readonly PromptMessage[],
  draft: Draft,
  outcome: GenerationOutcome,
): Generator<RecordedEvent, void> {
  const counted = countUsage(ports, messages, draft);
  yield {
    type: "generation-end",
    span_id: span.spanId,
    model: draft.model,
    response: draft.text,
    ...counted,
    ttft_ms: draft.ttftMs,
    duration_ms: span.elapsedMs(),
    finish_reason: outcome.finishReason,
  };
  const tokens = counted.usage ? ` · ${counted.usage.completion_tokens} tokens` : "";
  const message = outcome.error?.message ?? `${outcome.finishReason}${tokens}`;
  yield span.log({
    level: outcome.error ? "error" : "info",
    message,
    ...(outcome.error && { error: outcome.error.code }),
  });
  const output = { response: draft.text, finish_reason: outcome.finishReason };
  if (outcome.error) yield span.end({ status: "error", statusMessage: outcome.error.message, output });
  else if (outcome.finishReason === "aborted")
    yield span.end({ status: "aborted", statusMessage: "aborted", output });
  else yield span.end({ output });
}

/** Estimated where the provider reported nothing; unknown where it sent nothing at all. */
function countUsage({ prices, tokenizer }: Stage["ports"], messages: readonly PromptMessage[], draft: Draft) {
  if (!draft.usage && draft.text === "") return unknownUsage;
  const usage = draft.usage ?? estimateUsage(messages, draft.text, tokenizer.count);
  const usage_source = draft.usage ? ("provider" as const) : ("estimated" as const);
  return { usage, usage_source, cost_usd: prices.cost(draft.model, usage) };
}
