import type { RetrieverAgent } from "@/lib/domain/agent-names";
import type { ChatFrame, Progress, Source } from "@/lib/events/chat-frame";
import type { NumberedFrame } from "@/lib/events/sse";
import type { StreamError } from "@/lib/events/stream-error";

export type FinishReason = Extract<ChatFrame, { status: "done" }>["finish_reason"];

/** What one retriever reported: how many passages it found, or why it failed. */
export interface AgentReport {
  agent: RetrieverAgent;
  count: number | null;
  failed: boolean;
}

/** One answer while it is being made, folded from the frames of its stream. */
export interface TurnState {
  requestId: string | null;
  messageId: string | null;
  /** Number of the last frame that is folded in; reading goes on after it. */
  lastId: number;
  stage: Progress["stage"] | null;
  kbPrefix: string | null;
  agentsTotal: number | null;
  agents: readonly AgentReport[];
  /** null until retrieval has ended; the prompt's passages then. */
  sources: readonly Source[] | null;
  text: string;
  error: StreamError | null;
  /** null while the answer is being made. */
  finishReason: FinishReason | null;
}

export const EMPTY_TURN: TurnState = {
  requestId: null,
  messageId: null,
  lastId: 0,
  stage: null,
  kbPrefix: null,
  agentsTotal: null,
  agents: [],
  sources: null,
  text: "",
  error: null,
  finishReason: null,
};

/** Folds one frame in. A frame that was folded in before, or comes after `done`, changes nothing. */
export function reduceTurn(state: TurnState, { id, frame }: NumberedFrame): TurnState {
  if (id <= state.lastId || state.finishReason !== null) return state;
  const next = { ...state, lastId: id };
  switch (frame.status) {
    case "start":
      return { ...next, requestId: frame.request_id, messageId: frame.message_id };
    case "progress":
      return reduceProgress(next, frame.content);
    case "sources":
      return { ...next, sources: frame.content };
    case "token":
      return { ...next, stage: "generation", text: state.text + frame.content };
    case "error":
      return { ...next, error: { code: frame.code, message: frame.message, retryable: frame.retryable } };
    case "done":
      return { ...next, finishReason: frame.finish_reason };
  }
}

function reduceProgress(state: TurnState, progress: Progress): TurnState {
  const { stage, total, agent_type: agent, retrieval_count: count, error, kb_prefix } = progress;
  return {
    ...state,
    stage,
    kbPrefix: kb_prefix ?? state.kbPrefix,
    agentsTotal: stage === "retrieval" ? (total ?? state.agentsTotal) : state.agentsTotal,
    agents:
      stage === "retrieval" && agent !== null && (count !== null || error !== null)
        ? [...state.agents.filter((other) => other.agent !== agent), { agent, count, failed: error !== null }]
        : state.agents,
  };
}
