import type { Generation, RunRecord } from "@/lib/domain/run-record";

/** The record with a call of the model that came after its end; itself when there is none, or it is there. */
export function addGeneration(record: RunRecord, generation: Generation | null): RunRecord {
  if (!generation || record.generations.some(({ span_id }) => span_id === generation.span_id)) return record;
  return { ...record, generations: [...record.generations, generation] };
}
