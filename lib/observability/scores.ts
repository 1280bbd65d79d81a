import type { Feedback } from "@/lib/domain/feedback";
import { toTraceId } from "@/lib/domain/ids";
import type { Delivery } from "./delivery";
import { judge, type Verdict } from "./failure-reason";
import type { LangfuseApi } from "./langfuse-api";

const SCORE_NAME = "user_feedback";
const SCORE_TIMEOUT_MS = 5000;
/** A score body is small; what counts is how many wait. */
const SCORE_BYTES = 4096;

/** A wish, boxed so that a newer equal one is told from it. */
interface Vote {
  feedback: Feedback | null;
}

/**
 * Users' votes as Langfuse scores. Of one trace there is one request at a time and the last vote wins, so
 * that votes arrive in order and a vote that was replaced while Langfuse was away is never sent.
 */
export function createScores(
  api: LangfuseApi,
  delivery: Delivery,
  { environment, onTrouble }: { environment: string; onTrouble: (reason: string) => void },
) {
  const wanted = new Map<string, Vote>();

  async function send(traceId: string): Promise<Verdict> {
    for (;;) {
      const vote = wanted.get(traceId);
      if (!vote) return { taken: true, note: null };
      const verdict = await sendVote(api, traceId, vote.feedback, environment);
      if (!verdict.taken) return verdict;
      if (wanted.get(traceId) === vote) wanted.delete(traceId);
    }
  }

  /** Sends a vote, or takes it back (null). Returns at once; `disabled` when there is no room for it. */
  return function vote(requestId: string, feedback: Feedback | null): "sent" | "queued" | "disabled" {
    const traceId = toTraceId(requestId);
    const onItsWay = wanted.has(traceId);
    const free = delivery.open() === 0 && api.healthy();
    wanted.set(traceId, { feedback });
    if (onItsWay) return "queued";
    const taken = delivery.put({
      bytes: SCORE_BYTES,
      send: () => send(traceId),
      onVerdict(verdict, last) {
        if (verdict.taken) return;
        onTrouble(verdict.reason);
        if (last) wanted.delete(traceId);
      },
    });
    if (taken) return free ? "sent" : "queued";
    wanted.delete(traceId);
    onTrouble("too many votes are waiting");
    return "disabled";
  };
}

async function sendVote(
  api: LangfuseApi,
  traceId: string,
  feedback: Feedback | null,
  environment: string,
): Promise<Verdict> {
  const id = `${traceId}-${SCORE_NAME}`;
  const timeoutMs = SCORE_TIMEOUT_MS;
  if (!feedback) {
    const answer = await api.call({ method: "DELETE", path: `/api/public/scores/${id}`, timeoutMs });
    const gone = answer.kind === "answered" && answer.status === 404;
    return gone ? { taken: true, note: null } : judge(answer);
  }
  const score = {
    id,
    traceId,
    name: SCORE_NAME,
    dataType: "BOOLEAN",
    value: feedback.value === "up" ? 1 : 0,
    comment: toComment(feedback),
    environment,
  };
  return judge(
    await api.call({ method: "POST", path: "/api/public/scores", body: JSON.stringify(score), timeoutMs }),
  );
}

/** `wrong, source: the page is older`; null when nothing was said. */
function toComment({ reasons, comment }: Feedback): string | null {
  return [reasons.join(", "), comment ?? ""].filter(Boolean).join(": ") || null;
}
