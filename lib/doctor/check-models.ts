import type { Settings } from "@/lib/env";
import { createModels } from "@/lib/llm/create-models";
import { type EmbeddingModel, type LanguageModel, ModelError } from "@/lib/llm/language-model";
import { type CheckName, type Finding, fail, ok } from "./finding";

/** A call that takes longer is of no use to a chat. */
const CALL_TIMEOUT_MS = 20_000;

type ModelSettings = Pick<Settings, "OPENAI_API_KEY" | "OPENAI_BASE_URL" | "CHAT_MODEL" | "EMBEDDING_MODEL">;

/** Asks the configured models for one word each; what they answer does not matter. */
export async function checkModels(
  settings: ModelSettings,
  { timeoutMs }: { timeoutMs: number } = { timeoutMs: CALL_TIMEOUT_MS },
): Promise<Finding[]> {
  const { language, embedding } = await createModels({
    apiKey: settings.OPENAI_API_KEY ?? null,
    baseUrl: settings.OPENAI_BASE_URL ?? null,
    chatModel: settings.CHAT_MODEL ?? null,
    embeddingModel: settings.EMBEDDING_MODEL ?? null,
    timeoutMs,
  });
  const chat = language.extractive
    ? Promise.resolve(ok("model", "the offline model answers: no key, no network"))
    : attempt("model", () => askForAWord(language));
  const vectors = embedding && attempt("embedding", () => askForAVector(embedding));
  return Promise.all(vectors ? [chat, vectors] : [chat]);
}

async function askForAWord(model: LanguageModel): Promise<string> {
  const stop = new AbortController();
  const answer = model.stream({
    model: model.defaultModel,
    messages: [{ role: "user", content: "Say: ok" }],
    temperature: null,
    signal: stop.signal,
  });
  const begin = performance.now();
  for await (const chunk of answer) {
    if (chunk.type === "text") break;
  }
  stop.abort();
  return `${model.defaultModel} answers, first token after ${Math.round(performance.now() - begin)} ms`;
}

async function askForAVector(model: EmbeddingModel): Promise<string> {
  const { vectors } = await model.embed(["ok"], new AbortController().signal);
  return `${model.model} answers with ${vectors[0]?.length ?? 0} numbers a text`;
}

async function attempt(check: CheckName, call: () => Promise<string>): Promise<Finding> {
  try {
    return ok(check, await call());
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return fail(check, error.message, todos[error.code]);
  }
}

const todos: Readonly<Record<ModelError["code"], string>> = {
  model_unauthorized: "correct OPENAI_API_KEY, and check that it belongs to OPENAI_BASE_URL",
  model_rate_limited: "wait, or raise the quota at the provider",
  model_unavailable: "start the model's server, or correct OPENAI_BASE_URL or the name of the model",
  model_timeout: "load the model first, or raise MODEL_TIMEOUT_SECONDS",
  model_bad_response: "check OPENAI_BASE_URL and the name of the model",
};
