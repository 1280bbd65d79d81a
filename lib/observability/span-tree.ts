import type { RunRecord, Span } from "@/lib/domain/run-record";

export interface PlacedSpan {
  span: Span;
  /** Its place in `record.spans`. */
  index: number;
  /** The span above it in the trace; null for the root. */
  parentId: string | null;
}

/**
 * The record's spans as one tree, parents first. Whatever hangs in the air (its parent was lost, or it is
 * its own ancestor) hangs below the root, so that a trace never has a second one.
 */
export function arrangeSpans({ spans }: RunRecord, rootId: string): PlacedSpan[] {
  const placed = spans.map((span, index) => ({ span, index, parentId: span.parent_span_id }));
  const known = new Set(spans.map(({ span_id }) => span_id));
  const children = Map.groupBy(
    placed.filter(({ span }) => span.span_id !== rootId),
    ({ parentId }) => (parentId !== null && known.has(parentId) ? parentId : rootId),
  );
  const ordered = placed
    .filter(({ span }) => span.span_id === rootId)
    .map((root) => ({ ...root, parentId: null as string | null }));
  const reached = new Set([rootId]);
  const stack = [rootId];
  for (let parentId = stack.pop(); parentId !== undefined; parentId = stack.pop()) {
    for (const child of children.get(parentId) ?? []) {
      if (reached.has(child.span.span_id)) continue;
      reached.add(child.span.span_id);
      ordered.push({ ...child, parentId });
      stack.push(child.span.span_id);
    }
  }
  const adrift = placed.filter(({ span }) => !reached.has(span.span_id));
  return [...ordered, ...adrift.map((span) => ({ ...span, parentId: rootId }))];
}
