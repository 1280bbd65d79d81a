import type { RunRecord } from "@/lib/domain/run-record";
import { isDefaultPrompt } from "@/lib/domain/system-prompt";
import { answerGeneration } from "./answer-generation";

export type SettingName =
  | "model"
  | "temperature"
  | "top_k"
  | "context_tokens"
  | "rerank"
  | "kb_prefix"
  | "agents"
  | "system_prompt";

export type SettingValue = string | number | boolean | null;

/** What was asked for differently; null where a run has no value (the model's own temperature, no prompt). */
export interface SettingChange {
  name: SettingName;
  a: SettingValue;
  b: SettingValue;
}

export interface RouteField {
  name: "kb_prefix" | "method" | "confidence" | "threshold" | "query" | "reason";
  a: string | number | null;
  b: string | number | null;
  changed: boolean;
}

const ROUTE_FIELDS = ["kb_prefix", "method", "confidence", "threshold", "query", "reason"] as const;

/** The settings in which two runs differ; a system prompt is `default` or `edited`. */
export function compareSettings(a: RunRecord, b: RunRecord): SettingChange[] {
  const settingsA = settingsOf(a);
  const settingsB = settingsOf(b);
  return (Object.keys(settingsA) as SettingName[])
    .map((name) => ({ name, a: settingsA[name], b: settingsB[name] }))
    .filter((change) => change.a !== change.b || (change.name === "system_prompt" && bothEdited(a, b)));
}

/** The route decisions field by field; empty when neither run has one. */
export function compareRoutes(a: RunRecord, b: RunRecord): RouteField[] {
  if (!a.route_decision && !b.route_decision) return [];
  return ROUTE_FIELDS.map((name) => {
    const valueA = a.route_decision?.[name] ?? null;
    const valueB = b.route_decision?.[name] ?? null;
    return { name, a: valueA, b: valueB, changed: valueA !== valueB };
  });
}

function settingsOf(record: RunRecord): Record<SettingName, SettingValue> {
  const { settings, route_decision, kb_prefix, rag_plan } = record;
  const prompt = systemPromptOf(record);
  return {
    model: settings.model,
    temperature: settings.temperature,
    top_k: settings.top_k,
    context_tokens: settings.context_tokens,
    rerank: settings.rerank,
    kb_prefix: route_decision?.requested_kb_prefix ?? kb_prefix,
    agents: rag_plan.length > 0 ? rag_plan.map(({ agent_type }) => agent_type).join(", ") : null,
    system_prompt: prompt === null ? null : isDefaultPrompt(prompt) ? "default" : "edited",
  };
}

/** Both say `edited` and still say different things. */
function bothEdited(a: RunRecord, b: RunRecord): boolean {
  const promptA = systemPromptOf(a);
  const promptB = systemPromptOf(b);
  return (
    promptA !== promptB && ![promptA, promptB].some((prompt) => prompt === null || isDefaultPrompt(prompt))
  );
}

/** What the model was told before everything else; null while no prompt is known. */
export function systemPromptOf(record: RunRecord): string | null {
  return answerGeneration(record)?.messages.find(({ role }) => role === "system")?.content ?? null;
}
