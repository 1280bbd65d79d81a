import { z } from "zod";
import { GENERAL_KB } from "@/lib/domain/general-kb";
import type { RouteDecision } from "@/lib/domain/run-record";
import { inSpan } from "@/lib/events/in-span";
import type { RecordedEvent } from "@/lib/events/run-event";
import type { OpenSpan } from "@/lib/events/span-scope";
import type { KbAffinity } from "@/lib/retrieval/passage-index";
import { userTurns } from "./memory";
import { rewriteQuery } from "./rewrite-query";
import { sideCall } from "./side-call";
import { type Stage, untilAborted } from "./stage";

type Choice = Pick<RouteDecision, "kb_prefix" | "confidence" | "method" | "reason">;

/**
 * Stage 1: which knowledge base answers, and with which query. Asked for by the user, else by the words,
 * else by the model, else the nearest one; what else was possible is always reported.
 */
export async function* route(stage: Stage): AsyncGenerator<RecordedEvent, RouteDecision> {
  const { question, time, root, signal } = stage;
  const input = { message: question.message, kb_prefix: question.kb_prefix };
  return yield* inSpan(time, { name: "route_decision", kind: "route", parent: root, input }, signal, (span) =>
    decide(stage, span),
  );
}

async function* decide(stage: Stage, span: OpenSpan) {
  const { question, ports, signal } = stage;
  const query = question.kb_prefix === GENERAL_KB ? question.message : yield* rewriteQuery(stage, span);
  const turnsBefore = query === question.message ? userTurns(question.history) : [];
  const affinities = await untilAborted(signal, ports.index.affinities(query, turnsBefore));
  yield span.log({
    level: "debug",
    message: `${affinities.length} candidate knowledge bases`,
    output: affinities.map(({ kb_prefix, confidence }) => ({ kb_prefix, confidence })),
  });
  const choice = requestedChoice(stage) ?? heuristicChoice(affinities, ports.limits.routeThreshold);
  const chosen = choice ?? (yield* modelChoice(stage, span, affinities)) ?? fallbackChoice(affinities);
  const decision: RouteDecision = {
    span_id: span.spanId,
    requested_kb_prefix: question.kb_prefix,
    worker_name: `${chosen.kb_prefix}:${question.agent_type}`,
    threshold: ports.limits.routeThreshold,
    query,
    alternatives: toAlternatives(chosen, affinities),
    signals: affinities.flatMap(({ kb_prefix, signals }) =>
      signals.map((signal) => ({ ...signal, kb_prefix })),
    ),
    duration_ms: span.elapsedMs(),
    ...chosen,
  };
  yield { type: "route-decision" as const, route_decision: decision };
  yield span.log({
    level: "info",
    message: `kb_prefix=${chosen.kb_prefix} · ${chosen.confidence.toFixed(2)} · ${chosen.method}`,
  });
  return { value: decision, output: decision };
}

function requestedChoice({ question }: Stage): Choice | null {
  if (question.kb_prefix === "auto") return null;
  const reason = "Chosen by the user.";
  return { kb_prefix: question.kb_prefix, confidence: 1, method: "requested", reason };
}

function heuristicChoice(affinities: readonly KbAffinity[], threshold: number): Choice | null {
  const best = affinities[0];
  if (!best || best.confidence < threshold) return null;
  const { kb_prefix, confidence } = best;
  return { kb_prefix, confidence, method: "heuristic", reason: heuristicReason(best) };
}

function heuristicReason({ kb_prefix, signals }: KbAffinity): string {
  const terms = signals.slice(0, 4).map(({ term }) => term);
  return terms.length > 0
    ? `The words ${terms.join(", ")} speak for ${kb_prefix}.`
    : `The words fit ${kb_prefix}.`;
}

/** What the model may answer; a knowledge base that does not exist is no answer. */
function modelChoiceSchema(prefixes: readonly string[]) {
  return z.object({
    kb_prefix: z.enum([GENERAL_KB, ...prefixes]),
    confidence: z.number().min(0).max(1),
    reason: z.string(),
  });
}

async function* modelChoice(stage: Stage, span: OpenSpan, affinities: readonly KbAffinity[]) {
  if (affinities.length === 0) return null;
  const bases = await stage.ports.index.knowledgeBases();
  const answer = yield* sideCall(stage, span, {
    name: "route_model",
    purpose: "route",
    system:
      "Choose the knowledge base that can answer the user's message. Answer with JSON only: " +
      '{"kb_prefix": string, "confidence": number from 0 to 1, "reason": one short sentence}. ' +
      `Choose "${GENERAL_KB}" for small talk and for what none of them covers.`,
    user: JSON.stringify({
      message: stage.question.message,
      knowledge_bases: bases.map(({ prefix, title, description }) => ({ prefix, title, description })),
    }),
    schema: modelChoiceSchema(bases.map(({ prefix }) => prefix)),
  });
  return answer && { ...answer, method: "llm" as const };
}

/** Nothing spoke clearly: the nearest knowledge base is searched; with no word in common, none is. */
function fallbackChoice(affinities: readonly KbAffinity[]): Choice {
  const best = affinities[0];
  if (!best || best.confidence <= 0) {
    const reason = "No word of the message occurs in a knowledge base.";
    return { kb_prefix: GENERAL_KB, confidence: 1, method: "fallback", reason };
  }
  const { kb_prefix, confidence } = best;
  const reason = `No knowledge base fits clearly; ${kb_prefix} is the nearest.`;
  return { kb_prefix, confidence, method: "fallback", reason };
}

function toAlternatives(chosen: Choice, affinities: readonly KbAffinity[]): RouteDecision["alternatives"] {
  const others = affinities
    .filter(({ kb_prefix }) => kb_prefix !== chosen.kb_prefix)
    .map(({ kb_prefix, confidence }) => ({ kb_prefix, confidence }));
  return [{ kb_prefix: chosen.kb_prefix, confidence: chosen.confidence }, ...others].sort(
    (a, b) => b.confidence - a.confidence,
  );
}
