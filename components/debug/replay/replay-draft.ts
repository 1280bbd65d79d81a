import { type AgentType, agentTypeSchema } from "@/lib/domain/agent";
import { type Overrides, overridesSchema } from "@/lib/domain/overrides";
import type { RunRecord } from "@/lib/domain/run-record";
import { defaultPrompt, isDefaultPrompt } from "@/lib/domain/system-prompt";
import { systemPromptOf } from "@/lib/run-view/compare-settings";

/** The settings of a replay as somebody types them. */
export interface ReplayDraft {
  kb_prefix: string;
  agent_type: AgentType;
  top_k: string;
  context_tokens: string;
  model: string;
  /** Empty: the model's own. */
  temperature: string;
  system_prompt: string;
}

export type ReplayField = keyof ReplayDraft;

/** What stands in the way of sending a draft. */
export type ReplayProblem = "range" | "required" | "tooLong" | "unknown";

/** Body of the `POST /api/chat` that replays a run. */
export interface ReplayRequest {
  message: string;
  replay_of: string;
  kb_prefix: string;
  agent_type: AgentType;
  overrides: Overrides;
}

/** The settings that a run was made with, as far as they are known. */
export function toDraft(record: RunRecord): ReplayDraft {
  const { settings, route_decision, kb_prefix, agent_type } = record;
  const requested = route_decision?.requested_kb_prefix ?? kb_prefix;
  return {
    kb_prefix: requested,
    agent_type: agent_type === "fusion_agent" ? "auto" : agent_type,
    top_k: String(settings.top_k),
    context_tokens: String(settings.context_tokens),
    model: settings.model,
    temperature: settings.temperature === null ? "" : String(settings.temperature),
    system_prompt: systemPromptOf(record) ?? defaultPrompt(requested),
  };
}

/** A draft with one field changed; a system prompt that nobody edited follows the knowledge base. */
export function changeDraft(draft: ReplayDraft, field: ReplayField, value: string): ReplayDraft {
  if (field === "agent_type") return { ...draft, agent_type: agentTypeSchema.parse(value) };
  const changed = { ...draft, [field]: value };
  if (field !== "kb_prefix" || !isDefaultPrompt(draft.system_prompt)) return changed;
  return { ...changed, system_prompt: defaultPrompt(value) };
}

/** The fields in which two drafts differ. */
export function changedFields(draft: ReplayDraft, original: ReplayDraft): ReplayField[] {
  return (Object.keys(draft) as ReplayField[]).filter((field) => draft[field] !== original[field]);
}

/** What keeps a draft from being sent, by field. `kbPrefixes` null: the list is not known. */
export function draftProblems(
  draft: ReplayDraft,
  kbPrefixes: readonly string[] | null,
): Partial<Record<ReplayField, ReplayProblem>> {
  const { error } = overridesSchema.safeParse(toOverrides(draft));
  const problems: Partial<Record<ReplayField, ReplayProblem>> = {};
  for (const { path } of error?.issues ?? []) {
    if (path[0] === "top_k" || path[0] === "context_tokens" || path[0] === "temperature")
      problems[path[0]] = "range";
    if (path[0] === "system_prompt") problems.system_prompt = "tooLong";
    if (path[0] === "model") problems.model = draft.model.trim() === "" ? "required" : "tooLong";
  }
  if (kbPrefixes && !kbPrefixes.includes(draft.kb_prefix)) problems.kb_prefix = "unknown";
  return problems;
}

/** The request for a draft without problems. The server asks the original question, whatever `message` says. */
export function toReplayRequest(record: RunRecord, draft: ReplayDraft): ReplayRequest {
  const { kb_prefix, agent_type } = draft;
  const overrides = overridesSchema.parse(toOverrides(draft));
  return { message: record.message, replay_of: record.request_id, kb_prefix, agent_type, overrides };
}

/** Everything that can be said is said, so that defaults which changed meanwhile change nothing. */
function toOverrides(draft: ReplayDraft) {
  const { top_k, context_tokens, model, temperature, system_prompt } = draft;
  return {
    top_k: toNumber(top_k),
    context_tokens: toNumber(context_tokens),
    model,
    ...(temperature.trim() !== "" && { temperature: toNumber(temperature) }),
    ...(!isDefaultPrompt(system_prompt) && { system_prompt }),
  };
}

/** NaN for what is no number; `Number("")` would be 0. */
function toNumber(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text);
}
