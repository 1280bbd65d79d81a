import type { Feedback } from "@/lib/domain/feedback";
import type { LimitName } from "@/lib/domain/limit-name";
import type { Source } from "@/lib/events/chat-frame";
import type { AnswerVersion } from "@/lib/events/conversation-answer";
import type { StreamErrorCode } from "@/lib/events/stream-error";
import type { AskFailure, LiveTurn } from "../stream/live-turn";
import type { TurnState } from "../stream/reduce-turn";

/** What the progress line says; null is unknown. */
export interface ProgressModel {
  kbPrefix: string | null;
  agentsDone: number;
  agentsFailed: number;
  agentsTotal: number | null;
  retrieved: number;
  used: number | null;
  durationMs: number | null;
}

export interface AnswerError {
  code: StreamErrorCode | AskFailure["code"];
  /** The server's own sentence, in English; empty when there is none. */
  message: string;
  /** The limit that was reached. */
  limit?: LimitName;
  /** How Retry would be done: as a new version of this answer, or by sending the question again. */
  retry: "regenerate" | "ask" | null;
}

/** One version of an answer as the page shows it, whether it is being made or was made long ago. */
export interface AnswerModel {
  requestId: string | null;
  state: "running" | "success" | "aborted" | "error";
  /** Running only: the stream broke and is being taken up again. */
  reconnecting: boolean;
  cutShort: boolean;
  text: string;
  /** null while retrieval runs. */
  sources: readonly Source[] | null;
  progress: ProgressModel | null;
  error: AnswerError | null;
  feedback: Feedback | null;
}

const models = new WeakMap<AnswerVersion, AnswerModel>();

/**
 * A version that the conversation holds: the same model for the same version, so that it is drawn once. One
 * that still runs there, but not here, was lost.
 */
export function fromVersion(version: AnswerVersion): AnswerModel {
  const known = models.get(version) ?? toModel(version);
  models.set(version, known);
  return known;
}

function toModel(version: AnswerVersion): AnswerModel {
  const running = version.status === "running";
  const error: AnswerError | null = running
    ? { code: "lost", message: "", retry: null }
    : version.error && {
        code: version.error.code,
        message: version.error.message,
        retry: version.error.retryable ? "regenerate" : null,
      };
  return {
    requestId: version.request_id,
    state: version.status === "running" ? "error" : version.status,
    reconnecting: false,
    cutShort: version.cut_short,
    text: version.content,
    sources: version.sources,
    progress: progressOfStats(version),
    error,
    feedback: version.feedback,
  };
}

/** Whether there is more to say: it was stopped, broke off, or ended at the model's limit. */
export function canGoOn({ state, cutShort, text, requestId, error }: AnswerModel): boolean {
  const brokeOff = state === "aborted" || (state === "error" && error?.code !== "lost") || cutShort;
  return brokeOff && requestId !== null && text.trim() !== "";
}

/** A version that this page is reading. */
export function fromLive(live: LiveTurn): AnswerModel {
  const { turn } = live;
  return {
    requestId: turn.requestId,
    state: liveState(live),
    reconnecting: live.link === "reconnecting",
    cutShort: turn.finishReason === "length",
    text: turn.text,
    sources: turn.sources,
    progress: progressOfTurn(turn, live.endedAt === null ? null : live.endedAt - live.startedAt),
    error: liveError(live),
    feedback: null,
  };
}

function liveState({ link, failure, turn }: LiveTurn): AnswerModel["state"] {
  if (failure !== null || turn.finishReason === "error") return "error";
  if (turn.finishReason === null || link !== "closed") return "running";
  return turn.finishReason === "aborted" ? "aborted" : "success";
}

function liveError({ failure, turn }: LiveTurn): AnswerError | null {
  if (turn.error) return { ...turn.error, retry: turn.error.retryable ? "regenerate" : null };
  if (failure === null) return null;
  const again = failure.code !== "rejected" && failure.code !== "lost";
  return { ...failure, retry: again ? "ask" : null };
}

function progressOfStats({ stats, sources }: AnswerVersion): ProgressModel | null {
  if (!stats) return null;
  return {
    kbPrefix: stats.kb_prefix,
    agentsDone: Math.min(stats.agents_completed, stats.agents_total - stats.agents_failed),
    agentsFailed: stats.agents_failed,
    agentsTotal: stats.agents_total,
    retrieved: stats.passages_retrieved,
    used: sources.length,
    durationMs: stats.total_duration_ms,
  };
}

function progressOfTurn(turn: TurnState, durationMs: number | null): ProgressModel {
  return {
    kbPrefix: turn.kbPrefix,
    agentsDone: turn.agents.filter((report) => !report.failed).length,
    agentsFailed: turn.agents.filter((report) => report.failed).length,
    agentsTotal: turn.agentsTotal,
    retrieved: turn.agents.reduce((sum, report) => sum + (report.count ?? 0), 0),
    used: turn.sources?.length ?? null,
    durationMs,
  };
}
