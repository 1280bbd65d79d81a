import type { Generation, RouteDecision, RunRecord } from "@/lib/domain/run-record";

export type RouteRowState = "chosen" | "forced" | "below" | "above";

/** One knowledge base that could have answered. */
export interface RouteRow {
  kbPrefix: string;
  confidence: number;
  state: RouteRowState;
}

/** Words that counted for one knowledge base, the heaviest first. */
export interface SignalGroup {
  kbPrefix: string;
  signals: { term: string; weight: number }[];
}

export interface RouteView {
  decision: RouteDecision;
  rows: RouteRow[];
  /** Of the chosen knowledge base first. */
  signals: SignalGroup[];
  /** The model call behind the decision, where there was one. */
  generation: Generation | null;
}

/** Why this knowledge base; null before the run is routed. */
export function buildRouteView({ route_decision: decision, generations }: RunRecord): RouteView | null {
  if (!decision) return null;
  return {
    decision,
    rows: toRows(decision),
    signals: groupSignals(decision),
    generation: generations.find(({ purpose }) => purpose === "route") ?? null,
  };
}

/** The chosen one first, also when the list of alternatives leaves it out; then by confidence. */
function toRows(decision: RouteDecision): RouteRow[] {
  const { kb_prefix, confidence, method, threshold } = decision;
  const chosen: RouteRow = {
    kbPrefix: kb_prefix,
    confidence,
    state: method === "requested" ? "forced" : "chosen",
  };
  const others = decision.alternatives
    .filter((alternative) => alternative.kb_prefix !== kb_prefix)
    .toSorted((a, b) => b.confidence - a.confidence)
    .map(
      (alternative): RouteRow => ({
        kbPrefix: alternative.kb_prefix,
        confidence: alternative.confidence,
        state: alternative.confidence < threshold ? "below" : "above",
      }),
    );
  return [chosen, ...others];
}

function groupSignals({ signals, kb_prefix }: RouteDecision): SignalGroup[] {
  const groups = Map.groupBy(signals, (signal) => signal.kb_prefix);
  return [...groups]
    .map(([kbPrefix, members]) => ({
      kbPrefix,
      signals: members.toSorted((a, b) => b.weight - a.weight).map(({ term, weight }) => ({ term, weight })),
    }))
    .toSorted((a, b) => Number(b.kbPrefix === kb_prefix) - Number(a.kbPrefix === kb_prefix));
}
