import type { z } from "zod";
import { type RunRecord, runRecordSchema } from "@/lib/domain/run-record";
import type { TraceLink } from "@/lib/domain/trace-link";
import { fromText, type Json, parseJson } from "./json-text";
import type { Observation } from "./observation";
import {
  fromOwnValue,
  type LooseSection,
  runMetadataSchema,
  sectionMetadataSchema,
  spanMetadataSchema,
} from "./record-metadata";
import { listSections, packSection, type Section, unpackSection } from "./record-sections";

type KeptObservation = Pick<Observation, "id" | "name" | "input" | "output" | "metadata">;

/** As much of a trace as a record needs: a `RunTrace`, or what Langfuse gives back of it. */
export interface KeptTrace {
  sessionId: string | null;
  metadata: Readonly<Record<string, string>>;
  observations: readonly KeptObservation[];
}

/**
 * The record of a run out of its trace; inverse of `toSpans`. Log lines are not in a trace, and the link's
 * state is the caller's. Null when the trace is none of ours, or is damaged.
 */
export function fromSpans(trace: KeptTrace, link: TraceLink): RunRecord | null {
  const root = trace.observations.find(({ metadata }) => "run" in metadata);
  const run = root && readMetadata(root, "run", runMetadataSchema);
  if (!root || !run) return null;
  const { loose_sections, ...head } = run;
  const record = {
    ...head,
    request_id: trace.metadata.request_id,
    session_id: trace.sessionId,
    message: root.input ?? "",
    answer: root.output ?? "",
    ...joinSections([...trace.observations.flatMap(readSection), ...loose_sections]),
    execution_log: [],
    trace: link,
  };
  const checked = runRecordSchema.safeParse({ ...record, spans: [] });
  if (!checked.success) return null;
  const spans = readSpans(trace, root, checked.data);
  return runRecordSchema.safeParse({ ...checked.data, spans }).data ?? null;
}

function readMetadata<T>({ metadata }: KeptObservation, key: string, schema: z.ZodType<T>): T | undefined {
  return schema.safeParse(parseJson(metadata[key] ?? "")?.value).data;
}

function readSection(observation: KeptObservation): LooseSection[] {
  const section = readMetadata(observation, "section", sectionMetadataSchema);
  if (!section) return [];
  const { key, index, rest } = section;
  const { input } = observation;
  return [{ key, index, value: unpackSection(key, { input, output: observation.output ?? "", rest }) }];
}

function joinSections(sections: readonly LooseSection[]) {
  const ordered = sections.toSorted((a, b) => a.index - b.index);
  const all = (key: Section["key"]): Json[] =>
    ordered.filter((section) => section.key === key).map(({ value }) => value);
  return {
    route_decision: all("route_decision")[0] ?? null,
    rag_plan: all("rag_plan")[0] ?? [],
    rag_runs: all("rag_runs"),
    context: all("context")[0] ?? null,
    generations: all("generations"),
  };
}

function readSpans(trace: KeptTrace, root: KeptObservation, record: RunRecord): Json[] {
  return trace.observations
    .flatMap((observation) => {
      const span = readMetadata(observation, "span", spanMetadataSchema);
      return span ? [{ observation, ...span }] : [];
    })
    .toSorted((a, b) => a.index - b.index)
    .map(({ observation, index: _index, input, output, ...span }) => {
      const echoes = echoesOf(observation, observation === root, record);
      return {
        ...span,
        span_id: observation.id,
        name: observation.name,
        input: input ? fromOwnValue(input, echoes.input) : fromText(observation.input),
        output: output ? fromOwnValue(output, echoes.output) : fromText(observation.output),
      };
    });
}

/** What the span's own values may be echoes of; see `PackedSection.echoes`. */
function echoesOf(observation: KeptObservation, isRoot: boolean, record: RunRecord) {
  if (isRoot) return { input: [record.message], output: [record.answer] };
  const section = readMetadata(observation, "section", sectionMetadataSchema);
  const found = section && findSection(record, section.key, section.index);
  return { input: [], output: found ? packSection(found).echoes : [] };
}

function findSection(record: RunRecord, key: Section["key"], index: number): Section | undefined {
  return listSections(record).find((section) => section.key === key && section.index === index);
}
