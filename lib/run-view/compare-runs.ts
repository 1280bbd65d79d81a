import type { RunRecord, RunStatus } from "@/lib/domain/run-record";
import { compareMetrics, isTime, type MetricDelta } from "./compare-metrics";
import { comparePassages, type PassageComparison } from "./compare-passages";
import { comparePrompts, type MessageDiff } from "./compare-prompts";
import { compareRoutes, compareSettings, type RouteField, type SettingChange } from "./compare-settings";
import { diffTexts, type TextDiff } from "./diff-texts";

export interface ComparedRun {
  request_id: string;
  started_at: number;
  status: RunStatus;
  message: string;
}

/** Two runs side by side. Names are snake_case since it also goes over the wire. */
export interface CompareView {
  a: ComparedRun;
  b: ComparedRun;
  /** Nothing but ids and measured times differs. */
  identical: boolean;
  /** Every figure, equal or not: `{ name, a, b, delta: a − b, ratio: a ÷ b, tone }`. */
  metrics: MetricDelta[];
  /** Only what differs: `{ name, a, b }`. */
  settings: SettingChange[];
  /** Every field of the route decision: `{ name, a, b, changed }`; empty when neither run has one. */
  route: RouteField[];
  /** Passages in the prompts: `{ count_a, count_b, only_in_a, only_in_b, in_both }`. */
  passages: PassageComparison;
  /** The messages of the answers' prompts: `{ role, origin, state, parts: [{ …, diff }] }`. */
  prompt: MessageDiff[];
  /** `{ grain, pieces: [{ kind: "same", text } | { kind: "changed", a, b }] }`. */
  answer: TextDiff;
}

/**
 * Compares two folded runs, of whatever conversation, imported or still running. Pure and bounded in time.
 * `compareRuns(b, a)` is the mirror image of `compareRuns(a, b)`.
 */
export function compareRuns(a: RunRecord, b: RunRecord): CompareView {
  const view = {
    metrics: compareMetrics(a, b),
    settings: compareSettings(a, b),
    route: compareRoutes(a, b),
    passages: comparePassages(a, b),
    prompt: comparePrompts(a, b),
    answer: diffTexts(a.answer, b.answer),
  };
  return { a: toComparedRun(a), b: toComparedRun(b), identical: isIdentical(a, b, view), ...view };
}

function toComparedRun({ request_id, started_at, status, message }: RunRecord): ComparedRun {
  return { request_id, started_at, status, message };
}

function isIdentical(a: RunRecord, b: RunRecord, view: Omit<CompareView, "a" | "b" | "identical">): boolean {
  const { metrics, settings, route, passages, prompt, answer } = view;
  return (
    a.status === b.status &&
    a.message === b.message &&
    metrics.every((metric) => isTime(metric.name) || metric.a === metric.b) &&
    settings.length === 0 &&
    route.every(({ changed }) => !changed) &&
    passages.only_in_a.length + passages.only_in_b.length === 0 &&
    passages.in_both.every(({ moved }) => !moved) &&
    prompt.every(({ state }) => state === "same") &&
    answer.pieces.every(({ kind }) => kind === "same")
  );
}
