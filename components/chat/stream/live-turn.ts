import type { AgentType } from "@/lib/domain/agent";
import type { LimitName } from "@/lib/domain/limit-name";
import { EMPTY_TURN, type TurnState } from "./reduce-turn";

/** A question as the composer hands it over. */
export interface Ask {
  sessionId: string;
  message: string;
  kbPrefix: string;
  agentType: AgentType;
  /** Set when another version of this answer is wanted; `message` is its question then, edited or not. */
  regenerateOf: string | null;
  /** Set when this answer is to go on where it was stopped or cut off. */
  continueOf: string | null;
  /** Nothing of the conversation is recorded elsewhere. */
  private: boolean;
  /** The answers that the conversation has on this page, by their request_id: any other one came later. */
  known: readonly string[];
}

/** Why a question did not become an answer, or its stream was lost for good. */
export interface AskFailure {
  code: "network" | "rate_limited" | "unavailable" | "rejected" | "lost";
  /** The server's sentence; empty when there was none. */
  message: string;
  /** Rate limited only: the limit that was reached, where it is another than that of requests a minute. */
  limit?: LimitName;
  /** Lost only: the server has no such stream any more. */
  gone?: boolean;
}

/** An answer that this page is reading, from the click on Send until the conversation holds it. */
export interface LiveTurn {
  sessionId: string;
  /** null when the page found the answer already running (after a reload, say). */
  ask: Ask | null;
  turn: TurnState;
  link: "open" | "reconnecting" | "closed";
  stopping: boolean;
  failure: AskFailure | null;
  startedAt: number;
  endedAt: number | null;
}

export function beginLiveTurn(sessionId: string, ask: Ask | null, startedAt: number): LiveTurn {
  return {
    sessionId,
    ask,
    turn: EMPTY_TURN,
    link: "open",
    stopping: false,
    failure: null,
    startedAt,
    endedAt: null,
  };
}

export function isRunning(live: LiveTurn | null): live is LiveTurn & { link: "open" | "reconnecting" } {
  return live !== null && live.link !== "closed";
}
