import { isUnsupported, meanSupport, type SupportEvidence } from "@/lib/domain/citation-support";
import type { RunRecord } from "@/lib/domain/run-record";

/** A cited sentence and what its passage says of it. */
export interface SupportRow {
  key: string;
  n: number;
  sentence: string;
  passageId: string;
  /** Null where it could not be checked. */
  support: number | null;
  unsupported: boolean;
  evidence: SupportEvidence | null;
}

export interface SupportView {
  /** Mean over the citations that were checked. */
  mean: number | null;
  unsupported: number;
  /** The unsupported first, then in the order of the answer. */
  rows: SupportRow[];
}

/** The citations of an answer with their support; null where there are none to show. */
export function buildSupportView({ citations }: Pick<RunRecord, "citations">): SupportView | null {
  if (citations.length === 0) return null;
  const rows = citations.map((citation) => ({
    key: `${citation.start}`,
    n: citation.n,
    sentence: citation.sentence,
    passageId: citation.passage_id,
    support: citation.support,
    unsupported: isUnsupported(citation),
    evidence: citation.evidence ?? null,
  }));
  return {
    mean: meanSupport(citations),
    unsupported: rows.filter((row) => row.unsupported).length,
    rows: rows.toSorted((a, b) => Number(b.unsupported) - Number(a.unsupported)),
  };
}
