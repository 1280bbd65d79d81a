import type { RunRecord } from "@/lib/domain/run-record";
import type { SupportFacts } from "@/lib/domain/support-facts";
import { addGeneration } from "./add-generation";

/** The record with what was found out about its citations after its end; itself while nothing was. */
export function applySupport(record: RunRecord, facts: SupportFacts | null): RunRecord {
  if (!facts) return record;
  const byStart = new Map(facts.citations.map((citation) => [citation.start, citation]));
  const citations = record.citations.map((citation) => {
    const found = byStart.get(citation.start);
    return found ? { ...citation, support: found.support, evidence: found.evidence } : citation;
  });
  return addGeneration({ ...record, citations }, facts.generation);
}
