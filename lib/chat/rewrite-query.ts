import { z } from "zod";
import type { RecordedEvent } from "@/lib/events/run-event";
import type { OpenSpan } from "@/lib/events/span-scope";
import { rememberTurns } from "./memory";
import { sideCall } from "./side-call";
import type { Stage } from "./stage";

const rewriteSchema = z.object({ query: z.string().trim().min(1).max(2000) });

/**
 * A query that stands alone. The model rewrites a follow-up; without one (or when it fails) the message
 * itself is the query and retrieval weights the earlier turns in.
 */
export async function* rewriteQuery(stage: Stage, parent: OpenSpan): AsyncGenerator<RecordedEvent, string> {
  const { question, ports } = stage;
  if (question.history.length === 0) return question.message;
  const turns = rememberTurns(question.history, ports.limits.historyTokens, ports.tokenizer);
  const rewritten = yield* sideCall(stage, parent, {
    name: "query_rewrite",
    purpose: "rewrite",
    system:
      "Rewrite the last message of a conversation as a search query that stands alone, in its own language. " +
      'Answer with JSON only: {"query": string}. Leave a message that stands alone already as it is.',
    user: JSON.stringify({ conversation: turns, last_message: question.message }),
    schema: rewriteSchema,
  });
  return rewritten?.query ?? question.message;
}
