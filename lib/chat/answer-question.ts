import { GENERAL_KB } from "@/lib/domain/general-kb";
import type { RunRecord } from "@/lib/domain/run-record";
import type { RunEvent } from "@/lib/events/run-event";
import { openSpan, type RunTime, toMilliseconds } from "@/lib/events/span-scope";
import type { StreamError } from "@/lib/events/stream-error";
import { buildContext, type ContextResult } from "./build-context";
import { buildPrompt } from "./build-prompt";
import { chooseSystemPrompt } from "./choose-system-prompt";
import { extractCitations } from "./extract-citations";
import { type GenerationOutcome, generate } from "./generate";
import { plan } from "./plan";
import { type ChatPorts, effectiveSettings, type Question } from "./question";
import { retrieve } from "./retrieve";
import { route } from "./route";
import { toStreamError } from "./run-failure";
import type { Stage } from "./stage";

/** How a run ended when no stage after generation could say so. */
type Ending = Pick<GenerationOutcome, "finishReason" | "error">;

/**
 * Answers one question: route → plan → retrieve → context → prompt → generate → cite. Yields everything
 * that happens and never throws: the last event is always the one `run-end`. Aborting the signal ends the
 * run as `aborted` with what was written so far. Whoever iterates must go on to the end.
 */
export async function* answerQuestion(
  question: Question,
  ports: ChatPorts,
  signal: AbortSignal,
): AsyncGenerator<RunEvent, void> {
  const time: RunTime = { clock: ports.clock, ids: ports.ids, origin: ports.clock.monotonic() };
  const settings = effectiveSettings(question, ports);
  const startedAt = ports.clock.now();
  const root = openSpan(time, { name: "rag_chat", kind: "request", parent: null, input: question.message });
  yield startEvent(question, settings, startedAt);
  yield root.started;
  let answer = "";
  let ending: Ending;
  try {
    const stages = runStages({ question, ports, settings, time, root, signal });
    for (;;) {
      const step = await stages.next();
      if (step.done) {
        ending = step.value;
        break;
      }
      if (step.value.type === "token") answer += step.value.content;
      yield step.value;
    }
  } catch (error) {
    ending = signal.aborted
      ? { finishReason: "aborted", error: null }
      : { finishReason: "error", error: toStreamError(error) };
    if (ending.error)
      yield root.log({ level: "error", message: ending.error.message, error: ending.error.code });
  }
  const ended = root.end({ ...rootOutcome(ending), output: answer });
  yield ended;
  yield {
    type: "run-end",
    status: runStatus(ending),
    finish_reason: ending.finishReason,
    duration_ms: toMilliseconds(root.started.offset_ms + ended.duration_ms),
    answer,
    error: ending.error,
  };
}

async function* runStages(stage: Stage): AsyncGenerator<RunEvent, Ending> {
  const decision = yield* route(stage);
  const entries = yield* plan(stage, decision);
  const grounded = decision.kb_prefix !== GENERAL_KB || stage.question.attachments !== null;
  const none: ContextResult = { context: null, kept: [], fit: "good" };
  const found = grounded ? yield* buildContext(stage, yield* retrieve(stage, decision, entries)) : none;
  stage.signal.throwIfAborted();
  const passageIds = found.kept.map(({ passage }) => passage.passage_id);
  const written = writtenBefore(stage, passageIds);
  if (written !== "") yield { type: "token", content: written };
  const system = chooseSystemPrompt(stage, decision.kb_prefix, grounded);
  const messages = buildPrompt(stage, found, { system: system.text, written });
  const outcome = yield* generate(stage, messages, { ...system, written });
  const citations = extractCitations(written + outcome.text, passageIds);
  yield { type: "citations", citations };
  return outcome;
}

/**
 * What an answer that goes on begins with. Where other passages were found than for its first part, the marks in
 * that would lead elsewhere: such an answer begins anew.
 */
function writtenBefore({ question: { continues } }: Stage, passageIds: readonly string[]): string {
  if (!continues) return "";
  const isSame = JSON.stringify(continues.passage_ids) === JSON.stringify(passageIds);
  return isSame ? continues.text : "";
}

function startEvent(question: Question, settings: RunRecord["settings"], startedAt: number): RunEvent {
  const { session_id, kb_prefix, agent_type, message, regenerate_of, replay_of } = question;
  return {
    type: "run-start",
    session_id,
    started_at: startedAt,
    kb_prefix,
    agent_type,
    message,
    settings,
    regenerate_of,
    replay_of,
  };
}

function runStatus({ finishReason }: Ending): "success" | "error" | "aborted" {
  if (finishReason === "aborted" || finishReason === "error") return finishReason;
  return "success";
}

function rootOutcome({ finishReason, error }: { finishReason: string; error: StreamError | null }) {
  if (error) return { status: "error" as const, statusMessage: error.message };
  return finishReason === "aborted" ? { status: "aborted" as const, statusMessage: "aborted" } : {};
}
