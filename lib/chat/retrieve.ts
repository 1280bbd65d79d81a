import { GENERAL_KB } from "@/lib/domain/general-kb";
import type { Passage } from "@/lib/domain/passage";
import type { PlanEntry, RagRun, RouteDecision } from "@/lib/domain/run-record";
import { inSpan, messageOf } from "@/lib/events/in-span";
import { mergeEvents } from "@/lib/events/merge-events";
import type { RecordedEvent } from "@/lib/events/run-event";
import type { OpenSpan } from "@/lib/events/span-scope";
import type { RetrievalOutcome, Retriever } from "@/lib/retrieval/retriever";
import { interleave } from "./interleave";
import { userTurns } from "./memory";
import { RunFailure, searchFailed } from "./run-failure";
import { type Stage, untilAborted } from "./stage";

/** What one agent found, as the next stages need it. */
export interface AgentResult {
  run: RagRun;
  passages: RetrievalOutcome["passages"];
}

/** An agent is asked at most this often. */
const MAX_ATTEMPTS = 2;

/**
 * Stage 3: all planned agents at once. One that fails or is late leaves the others; when all of them fail
 * the run does (`retrieval_failed`).
 */
export async function* retrieve(
  stage: Stage,
  decision: RouteDecision,
  entries: readonly PlanEntry[],
): AsyncGenerator<RecordedEvent, AgentResult[]> {
  const results = yield* mergeEvents(entries.map((entry) => runAgent(stage, decision, entry)));
  stage.signal.throwIfAborted();
  if (results.length > 0 && results.every(({ run }) => run.error !== null)) {
    throw new RunFailure(searchFailed);
  }
  return results;
}

async function* runAgent(
  stage: Stage,
  decision: RouteDecision,
  entry: PlanEntry,
): AsyncGenerator<RecordedEvent, AgentResult> {
  const { time, root, ports } = stage;
  const retriever = ports.retrievers.find(({ agentType }) => agentType === entry.agent_type);
  const signal = AbortSignal.any([stage.signal, AbortSignal.timeout(entry.timeout_ms)]);
  let span: OpenSpan | null = null;
  let attempts = 0;
  const input = { query: decision.query, kb_prefix: decision.kb_prefix, top_k: entry.top_k };
  const spanInput = {
    name: "rag_retrieval",
    kind: "retriever" as const,
    parent: root,
    input,
    attributes: { agent_type: entry.agent_type },
  };
  try {
    return yield* inSpan(time, spanInput, stage.signal, async function* (opened) {
      span = opened;
      for (;;) {
        attempts += 1;
        try {
          const outcome = yield* search(stage, decision, entry, retriever, opened, signal);
          const result = toResult(opened, decision, entry, attempts, outcome);
          yield { type: "retrieval-result" as const, rag_run: result.run };
          const attributes = { retrieval_count: result.run.retrieval_count, attempts };
          return { value: result, output: { results: result.run.results }, attributes };
        } catch (error) {
          if (signal.aborted || attempts >= MAX_ATTEMPTS)
            throw timeoutOf(signal, stage.signal, entry) ?? error;
          yield opened.log({ level: "warn", message: `failed, asked again: ${messageOf(error)}` });
        }
      }
    });
  } catch (error) {
    stage.signal.throwIfAborted();
    if (!span) throw error;
    const nothing = { passages: [], methods: [] };
    const result = toResult(span, decision, entry, attempts, nothing, messageOf(error));
    yield { type: "retrieval-result", rag_run: result.run };
    return result;
  }
}

/** One attempt: the agent's own events, each step no longer than its time limit. */
async function* search(
  stage: Stage,
  decision: RouteDecision,
  entry: PlanEntry,
  retriever: Retriever | undefined,
  span: OpenSpan,
  signal: AbortSignal,
): AsyncGenerator<RecordedEvent, RetrievalOutcome> {
  if (!retriever) throw new Error(`${entry.agent_type} is not available`);
  const rewritten = decision.query !== stage.question.message;
  const history = rewritten ? [] : userTurns(stage.question.history);
  const request = { query: decision.query, topK: entry.top_k, history, signal };
  const outcomes: RetrievalOutcome[] = [];
  for (const kbPrefix of searchedBases(stage, decision)) {
    const events = retriever.retrieve({ ...request, kbPrefix }, span);
    for (;;) {
      const step = await untilAborted(signal, events.next());
      if (step.done) {
        outcomes.push(step.value);
        break;
      }
      yield step.value;
    }
  }
  return interleave(outcomes, entry.top_k);
}

/** The files of the conversation first: who attached them asks about them. */
function searchedBases({ question: { attachments } }: Stage, { kb_prefix }: RouteDecision): string[] {
  return [...(attachments === null ? [] : [attachments]), ...(kb_prefix === GENERAL_KB ? [] : [kb_prefix])];
}

function timeoutOf(signal: AbortSignal, runSignal: AbortSignal, entry: PlanEntry): Error | null {
  if (!signal.aborted || runSignal.aborted) return null;
  return new Error(`${entry.agent_type} took longer than ${entry.timeout_ms} ms`);
}

/** What an agent found, or why it found nothing. */
function toResult(
  span: OpenSpan,
  decision: RouteDecision,
  entry: PlanEntry,
  attempts: number,
  { passages, methods }: RetrievalOutcome,
  error: string | null = null,
): AgentResult {
  const results = passages.map(({ passage, rank, relevance }) => toRow(passage, rank, relevance));
  return {
    passages,
    run: {
      span_id: span.spanId,
      agent_type: entry.agent_type,
      query: decision.query,
      retrieval_count: results.length,
      duration_ms: span.elapsedMs(),
      attempts,
      error,
      context_length: results.reduce((sum, { text }) => sum + text.length, 0),
      methods,
      results,
    },
  };
}

function toRow(
  { passage_id, document_id, title, heading, text }: Passage,
  rank: number,
  relevance: number | null,
) {
  return { passage_id, document_id, title, heading, rank, relevance, text };
}
