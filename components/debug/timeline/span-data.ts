import type { PayloadPart } from "@/lib/domain/payload";
import type { Generation, RunRecord, Span } from "@/lib/domain/run-record";

export type DataKind = "input" | "output" | "attributes";
export const DATA_KINDS: readonly DataKind[] = ["input", "output", "attributes"];

/** What is shown of a span under one of its headings, and where more of it may be kept. */
export interface SpanData {
  value: Span["output"];
  part: PayloadPart;
  /** Puts the part, loaded in full, into the place of its beginning. */
  complete(whole: Span["output"]): Span["output"];
}

/** A model call's prompt and response are kept with the call, not with its span: they are shown as its data. */
export function spanData(span: Span, record: RunRecord, kind: DataKind): SpanData {
  const generation = record.generations.find(({ span_id }) => span_id === span.span_id);
  if (generation && kind !== "attributes" && isNothing(span[kind])) return generationData(generation, kind);
  if (kind === "attributes") {
    return {
      value: span.attributes,
      part: "attributes",
      complete: (whole) => ({ ...span.attributes, ...(isFields(whole) ? whole : {}) }),
    };
  }
  return { value: span[kind], part: kind, complete: (whole) => whole };
}

function generationData(generation: Generation, kind: "input" | "output"): SpanData {
  if (kind === "input") {
    const { model, parameters, messages } = generation;
    const input = (sent: Span["output"]) => ({ model, parameters, messages: sent });
    return { value: input(messages), part: "messages", complete: input };
  }
  const { response, usage, finish_reason, cost_usd } = generation;
  if (finish_reason === null && response === "")
    return { value: null, part: "response", complete: (whole) => whole };
  const output = (text: Span["output"]) => ({ response: text, finish_reason, usage, cost_usd });
  return { value: output(response), part: "response", complete: output };
}

export function isNothing(value: Span["output"]): boolean {
  return value === null || (typeof value === "object" && Object.keys(value).length === 0);
}

function isFields(value: Span["output"]): value is Span["attributes"] {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
