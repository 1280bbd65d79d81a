import { type ScoreExport, scoreIdOf } from "@/lib/domain/score-export";
import type { Exporter, ExportListener, Failure } from "./exporter";
import { judge, refused, type Verdict } from "./failure-reason";
import type { LangfuseApi } from "./langfuse-api";
import { type ScoreBody, toScoreBody } from "./score-body";

const SCORE_TIMEOUT_MS = 5000;
/** A score body is small; what counts is how many wait. */
const SCORE_BYTES = 4096;

/** A score on its way; null when it was discarded. A newer one with its id takes its place. */
interface Cargo {
  score: ScoreExport | null;
  listener: ExportListener;
}

const deleted = refused("The request was deleted", "run");
const noRoom = refused("Too many scores are waiting for Langfuse", "server");

/**
 * Users' votes and the support of citations as Langfuse scores. Of one score there is one request at a time and
 * the last wish wins, so that wishes arrive in order and one that was replaced while Langfuse was away is never
 * sent.
 */
export function createScoreExporter(
  api: LangfuseApi,
  { environment }: { environment: string },
): Exporter<ScoreExport> {
  const open = new Map<string, Cargo>();

  function settle(id: string, cargo: Cargo, failure: Failure | null): void {
    const { listener, score } = cargo;
    if (open.get(id) === cargo) open.delete(id);
    listener.onSettled(score === null && failure !== null ? "discarded" : failure);
  }

  async function send(id: string, cargo: Cargo): Promise<Verdict> {
    for (;;) {
      const { score } = cargo;
      if (score === null) return deleted;
      const verdict = await putScore(api, id, toScoreBody(score, environment));
      if (!verdict.taken) return verdict;
      if (cargo.score !== score) continue;
      // At once: a newer wish that comes from now on is one of its own.
      open.delete(id);
      return verdict;
    }
  }

  return {
    idOf: scoreIdOf,
    hand(score, delivery, listener) {
      const id = scoreIdOf(score);
      const before = open.get(id);
      if (before) {
        const { listener: replaced } = before;
        Object.assign(before, { score, listener });
        replaced.onSettled("replaced");
        return;
      }
      const cargo: Cargo = { score, listener };
      open.set(id, cargo);
      const isTaken = delivery.put({
        bytes: SCORE_BYTES,
        send: () => send(id, cargo),
        onVerdict(verdict, last) {
          // Nobody waits to hear of what was taken back.
          if (cargo.score !== null) cargo.listener.onVerdict(verdict);
          if (last) settle(id, cargo, verdict.taken ? null : verdict);
        },
      });
      if (isTaken) return;
      listener.onVerdict(noRoom);
      settle(id, cargo, noRoom);
    },
    discard(id) {
      const cargo = open.get(id);
      if (cargo) cargo.score = null;
    },
    open: () => [...open.keys()],
  };
}

/** Puts a score in the place of what is there under its id; null takes it away. */
async function putScore(api: LangfuseApi, id: string, score: ScoreBody | null): Promise<Verdict> {
  const path = "/api/public/scores";
  if (score !== null) {
    const body = JSON.stringify(score);
    return judge(await api.call({ method: "POST", path, body, timeoutMs: SCORE_TIMEOUT_MS }));
  }
  const answer = await api.call({ method: "DELETE", path: `${path}/${id}`, timeoutMs: SCORE_TIMEOUT_MS });
  const gone = answer.kind === "answered" && answer.status === 404;
  return gone ? { taken: true, note: null } : judge(answer);
}
