import {
  ArrowLeftRight,
  ChartScatter,
  Database,
  Layers,
  ListChecks,
  type LucideIcon,
  Route,
  TextAlignStart,
} from "lucide-react";
import type { SpanKind } from "@/lib/domain/run-record";

/** Kinds in the order of the legend; the root has no place in it. */
export const LEGEND_KINDS = ["route", "plan", "retriever", "embedding", "context", "generation"] as const;

export const KIND_ICON: Readonly<Record<SpanKind, LucideIcon>> = {
  request: ArrowLeftRight,
  route: Route,
  plan: ListChecks,
  retriever: Database,
  embedding: ChartScatter,
  context: Layers,
  generation: TextAlignStart,
};

/** The kind's colour, as the design tokens name it. */
export function kindColor(kind: SpanKind): string {
  return `var(--k-${kind})`;
}
