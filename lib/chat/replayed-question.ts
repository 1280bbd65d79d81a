import { type IdSource, importedIdPrefix } from "@/lib/domain/ids";
import { MASK } from "@/lib/domain/mask";
import { AppError } from "@/lib/errors";
import { emptyRecord, reduceEvents } from "@/lib/run-view/reduce-run";
import type { ConversationStore } from "@/lib/store/conversation-store";
import type { RunStore } from "@/lib/store/run-store";
import { findTurn } from "./find-turn";
import type { HistoryTurn } from "./question";

interface ReplayPorts {
  conversations: ConversationStore;
  runs: RunStore;
  ids: IdSource;
}

interface ReplayedQuestion {
  sessionId: string;
  message: string;
  history: HistoryTurn[];
}

/** Replays of replays lead back to the first run; no chain of them is followed for longer. */
const MOST_STEPS = 20;

/**
 * The question of a run in its own words, with the turns before it: from its conversation, which a replay
 * shares with the run that it replays. Where that is gone, or was never here, the record's copy of the question
 * alone. Throws `not_found` for a run that is not stored, `conflict` when only a masked copy is left.
 */
export async function findReplayed(requestId: string, ports: ReplayPorts): Promise<ReplayedQuestion> {
  const own = await conversationTurn(requestId, ports);
  if (own) return own;
  const copy = await recordedQuestion(requestId, ports);
  if (!copy) {
    throw new AppError(
      "not_found",
      "The request to replay is not stored here: it is unknown or has expired.",
    );
  }
  const original = await originalTurn(copy.replayOf, ports);
  if (original) return original;
  if (copy.message.includes(MASK)) {
    const reason = "The original question is gone and its copy is masked, so it cannot be replayed.";
    throw new AppError("conflict", reason);
  }
  return { sessionId: copy.sessionId, message: copy.message, history: [] };
}

async function conversationTurn(
  requestId: string,
  { conversations }: ReplayPorts,
): Promise<ReplayedQuestion | null> {
  const place = await conversations.findVersion(requestId);
  const found = place && (await findTurn(requestId, place, conversations));
  // A replay is recorded, and belongs to a developer: a private turn is not there for it.
  if (!found || found.private) return null;
  return { sessionId: place.session_id, message: found.message, history: found.history };
}

/** The turn at the beginning of a chain of replays. */
async function originalTurn(replayOf: string | null, ports: ReplayPorts): Promise<ReplayedQuestion | null> {
  let id = replayOf;
  for (let step = 0; id !== null && step < MOST_STEPS; step += 1) {
    const turn = await conversationTurn(id, ports);
    if (turn) return turn;
    id = (await recordedQuestion(id, ports))?.replayOf ?? null;
  }
  return null;
}

/** An imported run belongs to a conversation of another installation, and what it replayed was there too. */
async function recordedQuestion(requestId: string, { runs, ids }: ReplayPorts) {
  const slice = await runs.read(requestId, 0);
  if (!slice) return null;
  const { session_id, message, replay_of } = reduceEvents(emptyRecord(requestId), slice.events);
  const imported = requestId.startsWith(importedIdPrefix);
  return {
    message,
    sessionId: imported ? ids.uuid() : session_id,
    replayOf: imported ? null : replay_of,
  };
}
