import type { ConversationAnswer } from "@/lib/events/conversation-answer";
import { answersTo } from "../stream/find-answer";
import type { LiveTurn } from "../stream/live-turn";
import { type AnswerModel, fromLive, fromVersion } from "./answer-model";

/** A question and its answer, with all versions of it. */
export interface TurnModel {
  question: string;
  versions: readonly AnswerModel[];
  /** Index of the version to show unless the reader picks another one. */
  active: number;
}

/**
 * The conversation as the page shows it: what the server holds, and over it the answer that this page is
 * reading. The server's word wins as soon as it has that answer finished.
 */
export function buildTurns(conversation: ConversationAnswer | null, live: LiveTurn | null): TurnModel[] {
  const turns: TurnModel[] = [];
  let question = "";
  for (const message of conversation?.messages ?? []) {
    if (message.role === "user") {
      question = message.content;
      continue;
    }
    const versions = message.versions.map((version) => {
      const isLive = version.status === "running" && live?.turn.requestId === version.request_id;
      return isLive ? fromLive(live) : fromVersion(version);
    });
    const asked = message.versions[message.active]?.question ?? question;
    turns.push({ question: asked, versions, active: message.active });
  }
  return live === null || knows(conversation, live) ? turns : addLive(turns, live);
}

/** Whether the server's conversation has the answer, running or not; that to a question whose way is unknown, finished. */
function knows(conversation: ConversationAnswer | null, live: LiveTurn): boolean {
  const { requestId } = live.turn;
  if (conversation && live.ask && live.failure?.code === "network")
    return answersTo(conversation, live.ask).some(({ status }) => status !== "running");
  return (conversation?.messages ?? []).some(
    (message) =>
      message.role === "assistant" && message.versions.some((version) => version.request_id === requestId),
  );
}

function addLive(turns: TurnModel[], live: LiveTurn): TurnModel[] {
  const version = fromLive(live);
  const target = live.ask?.regenerateOf ?? live.ask?.continueOf ?? null;
  const at = turns.findIndex(({ versions }) => versions.some(({ requestId }) => requestId === target));
  const turn = turns[at];
  if (target !== null && live.ask && turn) {
    const question = live.ask.continueOf === null ? live.ask.message : turn.question;
    const versions = [...turn.versions, version];
    const renewed = { question, versions, active: turn.versions.length };
    // What follows a question stays with it: another one begins a branch of its own.
    const following = question === turn.question ? turns.slice(at + 1) : [];
    return [...turns.slice(0, at), renewed, ...following];
  }
  // An answer found running has its question on the server only; it comes with the conversation.
  return live.ask ? [...turns, { question: live.ask.message, versions: [version], active: 0 }] : turns;
}

/** The ids of all answers, in order, each version by itself. */
export function requestIdsOf(turns: readonly TurnModel[]): string[] {
  return turns.flatMap((turn) => turn.versions.flatMap(({ requestId }) => requestId ?? []));
}
