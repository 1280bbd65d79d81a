import type { Feedback } from "@/lib/domain/feedback";
import { toTraceId } from "@/lib/domain/ids";
import type { Delivery } from "./delivery";
import { judge, type Verdict } from "./failure-reason";
import type { Json } from "./json-text";
import { voteMetadataSchema } from "./kept-score";
import type { LangfuseApi } from "./langfuse-api";

const SCORE_TIMEOUT_MS = 5000;
/** A score body is small; what counts is how many wait. */
const SCORE_BYTES = 4096;

/** A score as it should be, or null where there should be none; a newer equal one is another object. */
interface Wish {
  score: {
    name: string;
    dataType: "BOOLEAN" | "NUMERIC";
    value: number;
    comment: string | null;
    metadata?: Json;
  } | null;
}

/**
 * Users' votes and the support of citations as Langfuse scores. Of one score there is one request at a time and
 * the last wish wins, so that wishes arrive in order and one that was replaced while Langfuse was away is never
 * sent. Both return at once; `disabled` when there is no room.
 */
export function createScores(
  api: LangfuseApi,
  delivery: Delivery,
  { environment, onTrouble }: { environment: string; onTrouble: (reason: string) => void },
) {
  const wanted = new Map<string, Wish>();

  async function send(id: string, traceId: string): Promise<Verdict> {
    for (;;) {
      const wish = wanted.get(id);
      if (!wish) return { taken: true, note: null };
      const verdict = wish.score
        ? await putScore(api, { id, traceId, environment, ...wish.score })
        : await deleteScore(api, id);
      if (!verdict.taken) return verdict;
      if (wanted.get(id) === wish) wanted.delete(id);
    }
  }

  function put(requestId: string, name: string, wish: Wish): "sent" | "queued" | "disabled" {
    const traceId = toTraceId(requestId);
    const id = `${traceId}-${name}`;
    const onItsWay = wanted.has(id);
    const free = delivery.open() === 0 && api.healthy();
    wanted.set(id, wish);
    if (onItsWay) return "queued";
    const taken = delivery.put({
      bytes: SCORE_BYTES,
      send: () => send(id, traceId),
      onVerdict(verdict, last) {
        if (verdict.taken) return;
        onTrouble(verdict.reason);
        if (last) wanted.delete(id);
      },
    });
    if (taken) return free ? "sent" : "queued";
    wanted.delete(id);
    onTrouble("too many scores are waiting");
    return "disabled";
  }

  return {
    /** A vote, or null to take it back. */
    vote(requestId: string, feedback: Feedback | null) {
      const name = "user_feedback";
      const value = feedback?.value === "up" ? 1 : 0;
      const comment = feedback && toComment(feedback);
      // The comment is for people; what they said comes back out of the metadata.
      const said = comment !== null && { metadata: voteMetadataSchema.parse(feedback) };
      const score = feedback && { name, dataType: "BOOLEAN" as const, value, comment, ...said };
      return put(requestId, name, { score });
    },
    /** Mean support of the answer's citations, in [0, 1]. */
    support(requestId: string, value: number) {
      const name = "citation_support";
      return put(requestId, name, { score: { name, dataType: "NUMERIC", value, comment: null } });
    },
  };
}

async function putScore(api: LangfuseApi, score: object): Promise<Verdict> {
  const body = JSON.stringify(score);
  return judge(
    await api.call({ method: "POST", path: "/api/public/scores", body, timeoutMs: SCORE_TIMEOUT_MS }),
  );
}

async function deleteScore(api: LangfuseApi, id: string): Promise<Verdict> {
  const path = `/api/public/scores/${id}`;
  const answer = await api.call({ method: "DELETE", path, timeoutMs: SCORE_TIMEOUT_MS });
  const gone = answer.kind === "answered" && answer.status === 404;
  return gone ? { taken: true, note: null } : judge(answer);
}

/** `wrong, source: the page is older`; null when nothing was said. */
function toComment({ reasons, comment }: Feedback): string | null {
  return [reasons.join(", "), comment ?? ""].filter(Boolean).join(": ") || null;
}
