import { type AgentType, plannedAgents } from "@/lib/domain/agent";
import type { Clock } from "@/lib/domain/clock";
import type { IdSource } from "@/lib/domain/ids";
import type { Overrides } from "@/lib/domain/overrides";
import type { LanguageModel, PriceTable, Tokenizer } from "@/lib/llm/language-model";
import type { PromptSource } from "@/lib/observability/prompt-source";
import type { PassageIndex } from "@/lib/retrieval/passage-index";
import type { Retriever } from "@/lib/retrieval/retriever";

export interface HistoryTurn {
  role: "user" | "assistant";
  content: string;
}

/** One user turn, ready to be answered. */
export interface Question {
  request_id: string;
  session_id: string;
  message: string;
  /** `auto`, `general` or a known prefix. */
  kb_prefix: string;
  agent_type: AgentType;
  /** Earlier turns of the conversation, oldest first. */
  history: readonly HistoryTurn[];
  overrides: Overrides;
  regenerate_of: string | null;
  replay_of: string | null;
  /** What was written before the answer was stopped or cut off; null for one that begins anew. */
  continues: { text: string; passage_ids: readonly string[] } | null;
  /** The hidden knowledge base with the files of this conversation; null when it has none. */
  attachments: string | null;
}

/** Numbers the pipeline works with. */
export interface PipelineLimits {
  topK: number;
  contextTokens: number;
  historyTokens: number;
  agentTimeoutMs: number;
  /** For the model's own small calls: routing and rewriting. */
  sideCallTimeoutMs: number;
  /** A knowledge base is chosen by the words alone from this confidence on. */
  routeThreshold: number;
  /** Passages below this relevance stay out of the prompt. */
  relevanceFloor: number;
  /** Where no passage reaches this relevance, nothing was found: the nearest are named, not answered from. */
  goodFit: number;
}

export const defaultLimits: PipelineLimits = {
  topK: 8,
  contextTokens: 3000,
  historyTokens: 1000,
  agentTimeoutMs: 5000,
  sideCallTimeoutMs: 4000,
  routeThreshold: 0.4,
  relevanceFloor: 0.1,
  goodFit: 0.35,
};

/** What answering needs of the outside. */
export interface ChatPorts {
  index: PassageIndex;
  retrievers: readonly Retriever[];
  model: LanguageModel;
  tokenizer: Tokenizer;
  prices: PriceTable;
  prompts: PromptSource;
  clock: Clock;
  ids: IdSource;
  limits: PipelineLimits;
  /** Whether a reranker orders what the hybrid agent found. */
  reranks: boolean;
}

/** The settings of a run: the defaults with the request's overrides. */
export function effectiveSettings(
  { overrides, agent_type }: Question,
  { model, limits, reranks }: Pick<ChatPorts, "model" | "limits" | "reranks">,
) {
  return {
    model: overrides.model ?? model.defaultModel,
    temperature: overrides.temperature ?? null,
    top_k: overrides.top_k ?? limits.topK,
    context_tokens: overrides.context_tokens ?? limits.contextTokens,
    rerank: reranks && plannedAgents(agent_type).includes("hybrid_agent"),
  };
}
