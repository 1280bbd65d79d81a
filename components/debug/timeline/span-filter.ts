import type { RunRecord, Span, SpanKind } from "@/lib/domain/run-record";
import { spanLabel, spanNote } from "@/lib/run-view/span-label";

/** Which spans of the tree are of interest. */
export interface SpanFilter {
  text: string;
  hiddenKinds: ReadonlySet<SpanKind>;
  errorsOnly: boolean;
}

export const NO_FILTER: SpanFilter = { text: "", hiddenKinds: new Set(), errorsOnly: false };

/** Says of each span whether the filter lets it through; the text is sought in all that its row says. */
export function toSpanMatcher(filter: SpanFilter, record: RunRecord): (span: Span) => boolean {
  const text = filter.text.trim().toLowerCase();
  return (span) => {
    if (filter.hiddenKinds.has(span.kind)) return false;
    if (filter.errorsOnly && span.status !== "error") return false;
    const words = [
      spanLabel(span, record),
      span.name,
      span.kind,
      spanNote(span, record),
      span.status_message,
    ];
    return text === "" || words.some((word) => word?.toLowerCase().includes(text));
  };
}

/** The filter with one kind shown or hidden, the other way round than before. */
export function toggleKind(filter: SpanFilter, kind: SpanKind): SpanFilter {
  const hiddenKinds = new Set(filter.hiddenKinds);
  if (!hiddenKinds.delete(kind)) hiddenKinds.add(kind);
  return { ...filter, hiddenKinds };
}
