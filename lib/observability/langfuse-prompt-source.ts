import { z } from "zod";
import { askLangfuse, langfusePath } from "./ask-langfuse";
import type { LangfuseProject } from "./langfuse-project";
import type { ManagedPrompt, PromptSource } from "./prompt-source";

const PROMPT_NAME = "rag_answer";
const LOAD_TIMEOUT_MS = 5000;
/** A prompt that is older is used once more while the new one is being loaded. */
const FRESH_MS = 60_000;
/** Pause after a load that failed. */
const RETRY_MS = 10_000;

const promptSchema = z.object({
  name: z.string(),
  version: z.number().int(),
  type: z.string().nullish(),
  prompt: z.unknown().optional(),
});

interface PromptOptions {
  label: string;
  /** One line for an operator. */
  log: (message: string) => void;
}

/**
 * `rag_answer` out of Langfuse's prompt management. Nobody waits for it: it is loaded in the background, at
 * the start and when somebody uses a stale one; while Langfuse is away the last one stays in use.
 */
export function createLangfusePromptSource(
  { api, clock }: LangfuseProject,
  { label, log }: PromptOptions,
): PromptSource {
  let prompt: ManagedPrompt | null = null;
  let loadAt = Number.NEGATIVE_INFINITY;
  let loading = false;

  async function load(): Promise<void> {
    loading = true;
    try {
      prompt = await readPrompt();
      loadAt = clock.monotonic() + FRESH_MS;
    } catch (error) {
      loadAt = clock.monotonic() + RETRY_MS;
      log(`The prompt ${PROMPT_NAME} could not be loaded: ${error instanceof Error ? error.message : error}`);
    } finally {
      loading = false;
    }
  }

  async function readPrompt(): Promise<ManagedPrompt | null> {
    const path = langfusePath(`/api/public/v2/prompts/${PROMPT_NAME}`, { label });
    const found = await askLangfuse(api, { path, schema: promptSchema, timeoutMs: LOAD_TIMEOUT_MS });
    if (!found) return null;
    // A chat prompt has messages where ours has one text: it counts as an empty one, which is never used.
    const template = typeof found.prompt === "string" ? found.prompt : "";
    return { name: found.name, version: found.version, template };
  }

  function current(): ManagedPrompt | null {
    if (!loading && clock.monotonic() >= loadAt) void load();
    return prompt;
  }

  void load();
  return { current };
}
