import { GENERAL_PROMPT, GROUNDED_PROMPT } from "@/lib/domain/system-prompt";
import type { ManagedPrompt } from "@/lib/observability/prompt-source";
import type { Stage } from "./stage";

/** What the model is told, and where that comes from. */
export interface SystemPrompt {
  text: string;
  /** The managed prompt, if it is the one that is used. */
  prompt: Pick<ManagedPrompt, "name" | "version"> | null;
  /** Why a managed prompt was not used. */
  warning: string | null;
}

const MAX_CHARACTERS = 8000;
const VARIABLE = /\{\{\s*([^{}]*?)\s*\}\}/g;

/**
 * The system prompt of a run: the developer's override, else the managed one, else the built-in one. What is
 * managed is the answer from documents; the prompt of a chat without them stays as it is.
 */
export function chooseSystemPrompt(
  { question, ports }: Stage,
  kbPrefix: string,
  grounded: boolean,
): SystemPrompt {
  const override = question.overrides.system_prompt;
  if (override !== undefined) return builtIn(override);
  if (!grounded) return builtIn(GENERAL_PROMPT);
  const managed = ports.prompts.current();
  if (!managed) return builtIn(GROUNDED_PROMPT);
  const { name, version } = managed;
  const filled = fillTemplate(managed.template, { kb_prefix: kbPrefix, agent_type: question.agent_type });
  if (!("problem" in filled)) return { text: filled.text, prompt: { name, version }, warning: null };
  const warning = `The prompt ${name}, version ${version}, ${filled.problem}; the built-in prompt was used.`;
  return { ...builtIn(GROUNDED_PROMPT), warning };
}

function builtIn(text: string): SystemPrompt {
  return { text, prompt: null, warning: null };
}

/** Puts values in the place of `{{variables}}`; a template that cannot be filled is not used in part. */
export function fillTemplate(
  template: string,
  values: Readonly<Record<string, string>>,
): { text: string } | { problem: string } {
  const names = [...template.matchAll(VARIABLE)].map((match) => match[1] ?? "");
  const unknown = names.find((name) => !Object.hasOwn(values, name));
  if (unknown !== undefined) return { problem: `asks for {{${unknown}}}, which is not known` };
  const text = template.replace(VARIABLE, (_match, name: string) => values[name] ?? "");
  if (text.trim() === "") return { problem: "is empty, or is not a text prompt" };
  if (text.length > MAX_CHARACTERS) return { problem: `has more than ${MAX_CHARACTERS} characters` };
  return { text };
}
