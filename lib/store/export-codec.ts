import { z } from "zod";
import { toTraceId } from "@/lib/domain/ids";
import { runRecordSchema } from "@/lib/domain/run-record";
import { type ScoreExport, scoreExportSchema, scoreIdOf } from "@/lib/domain/score-export";
import type { TraceExport } from "@/lib/observability/trace-sink";
import { decodeAtRest, encodeAtRest } from "./at-rest-codec";
import { exportKey } from "./run-keys";

/** Something that goes to Langfuse: how it is told apart and kept. */
export interface ExportKind<Item> {
  /** The hash tag of its index in Redis. */
  index: string;
  idOf(item: Item): string;
  /** Where Redis has the item itself. */
  keyOf(id: string): string;
  encode(item: Item): string;
  /** Throws `conflict` for one of a later version, a ZodError for one that is damaged. */
  decode(text: string): Item;
}

const traceExportSchema: z.ZodType<TraceExport> = z.object({
  record: runRecordSchema,
  userId: z.string(),
  debug: z.boolean(),
});

/** Finished runs, by their request. */
export const runExports: ExportKind<TraceExport> = {
  index: "index",
  idOf: ({ record }) => record.request_id,
  keyOf: (requestId) => exportKey(toTraceId(requestId)),
  encode: encodeAtRest,
  decode: (text) => decodeAtRest(traceExportSchema, text),
};

/** Scores, by their id in Langfuse. */
export const scoreExports: ExportKind<ScoreExport> = {
  index: "scores",
  idOf: scoreIdOf,
  keyOf: exportKey,
  encode: encodeAtRest,
  decode: (text) => decodeAtRest(scoreExportSchema, text),
};
