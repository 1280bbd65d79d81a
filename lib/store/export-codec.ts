import { z } from "zod";
import { runRecordSchema } from "@/lib/domain/run-record";
import type { TraceExport } from "@/lib/observability/trace-sink";
import { decodeAtRest, encodeAtRest } from "./at-rest-codec";

const exportSchema: z.ZodType<TraceExport> = z.object({
  record: runRecordSchema,
  userId: z.string(),
  debug: z.boolean(),
});

export const encodeExport = (run: TraceExport): string => encodeAtRest(run);
export const decodeExport = (text: string): TraceExport => decodeAtRest(exportSchema, text);
