import type { Feedback } from "@/lib/domain/feedback";
import { toTraceId } from "@/lib/domain/ids";
import { type ScoreExport, scoreIdOf } from "@/lib/domain/score-export";
import { voteMetadataSchema } from "./kept-score";

/** Body of `POST /api/public/scores`. */
export interface ScoreBody {
  id: string;
  traceId: string;
  environment: string;
  name: string;
  dataType: "BOOLEAN" | "NUMERIC";
  value: number;
  comment: string | null;
  /** The comment is for people; what they said comes back out of the metadata. */
  metadata?: object;
}

/** A score as Langfuse takes it; null for a vote that was taken back. */
export function toScoreBody(score: ScoreExport, environment: string): ScoreBody | null {
  const { name } = score;
  const place = { id: scoreIdOf(score), traceId: toTraceId(score.request_id), environment };
  if (name === "citation_support")
    return { ...place, name, dataType: "NUMERIC", value: score.support, comment: null };
  if (score.vote === null) return null;
  const comment = toComment(score.vote);
  const said = comment !== null && { metadata: voteMetadataSchema.parse(score.vote) };
  const value = score.vote.value === "up" ? 1 : 0;
  return { ...place, name, dataType: "BOOLEAN", value, comment, ...said };
}

/** `wrong, source: the page is older`; null when nothing was said. */
function toComment({ reasons, comment }: Feedback): string | null {
  return [reasons.join(", "), comment ?? ""].filter(Boolean).join(": ") || null;
}
