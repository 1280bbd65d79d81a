import type { Generation, RagRun, RunContext, RunRecord, Span } from "@/lib/domain/run-record";
import { fromText, type Json } from "./json-text";

interface SectionValues {
  route_decision: NonNullable<RunRecord["route_decision"]>;
  rag_plan: RunRecord["rag_plan"];
  rag_runs: RagRun;
  context: RunContext;
  generations: Generation;
}
export type SectionKey = keyof SectionValues;

/** A part of the record that one observation shows: the decision, one retrieval run, one generation … */
export type Section = { [K in SectionKey]: { key: K; index: number; value: SectionValues[K] } }[SectionKey];

/** A section cut up for its observation: what is shown, and what must be kept beside it. */
export interface PackedSection {
  /** Null where the span's own input is shown. */
  input: string | null;
  output: string;
  /** What the shown parts leave out. */
  rest: Json;
  /**
   * Values of the span's own output that only say the section again. Such an output is kept as its
   * number in this list, not a second time; append only, old traces refer to it.
   */
  echoes: readonly Json[];
}

/** The sections of a record, in its order. */
export function listSections(record: RunRecord): Section[] {
  const { route_decision, rag_plan, rag_runs, context, generations } = record;
  return [
    ...(route_decision ? [{ key: "route_decision" as const, index: 0, value: route_decision }] : []),
    ...(rag_plan.length > 0 ? [{ key: "rag_plan" as const, index: 0, value: rag_plan }] : []),
    ...rag_runs.map((value, index) => ({ key: "rag_runs" as const, index, value })),
    ...(context ? [{ key: "context" as const, index: 0, value: context }] : []),
    ...generations.map((value, index) => ({ key: "generations" as const, index, value })),
  ];
}

/** The span that a section belongs to; undefined when the plan has none. */
export function homeOf(section: Section, spans: readonly Span[]): string | undefined {
  if (section.key !== "rag_plan") return section.value.span_id;
  return spans.find(({ kind }) => kind === "plan")?.span_id;
}

export function packSection(section: Section): PackedSection {
  switch (section.key) {
    case "route_decision":
      return showWhole(section.value, []);
    case "rag_plan":
      return showWhole(section.value, [{ rag_plan: section.value }]);
    case "context":
      return showWhole(section.value, [uncited(section.value)]);
    case "rag_runs":
      return packRagRun(section.value);
    case "generations":
      return packGeneration(section.value);
  }
}

/** Inverse of `packSection`; the result still has to be validated, it may come from outside. */
export function unpackSection(key: SectionKey, { input, output, rest }: Omit<PackedSection, "echoes">): Json {
  if (key === "rag_runs") return { ...asObject(rest), results: fromText(output) };
  if (key !== "generations") return fromText(output);
  const { prompt, ...generation } = asObject(rest);
  const shown = asArray(fromText(input));
  const messages = asArray(prompt).map((kept, n) => ({ ...asObject(shown[n]), ...asObject(kept) }));
  return { ...generation, messages, response: output };
}

function showWhole(value: Json, moreEchoes: readonly Json[]): PackedSection {
  return { input: null, output: JSON.stringify(value), rest: null, echoes: [value, ...moreEchoes] };
}

/** Which passages are cited is known after the context's span has ended. */
function uncited(context: RunContext): RunContext {
  return { ...context, passages: context.passages.map((passage) => ({ ...passage, cited: false })) };
}

function packRagRun({ results, ...rest }: RagRun): PackedSection {
  return { input: null, output: JSON.stringify(results), rest, echoes: [results, { results }] };
}

function packGeneration({ messages, response, ...generation }: Generation): PackedSection {
  return {
    input: JSON.stringify(messages.map(({ role, content }) => ({ role, content }))),
    output: response,
    rest: { ...generation, prompt: messages.map(({ tokens, parts }) => ({ tokens, parts })) },
    echoes: [response, { response, finish_reason: generation.finish_reason }],
  };
}

function asObject(value: Json | undefined): { [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

function asArray(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}
