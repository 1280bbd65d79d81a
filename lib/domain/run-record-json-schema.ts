import { z } from "zod";
import { runRecordSchema } from "./run-record";

/**
 * The JSON Schema of an exported run, for other programs; `docs/run-record.schema.json` holds it. Fields that
 * it does not name are allowed: a later minor version may add some.
 */
export function runRecordJsonSchema() {
  const schema = z.toJSONSchema(runRecordSchema, { target: "draft-2020-12", io: "input" });
  return {
    ...schema,
    title: "Sidetrace run record",
    description:
      "One request as the debug sidebar exports it. Times are epoch milliseconds, durations milliseconds, unknown values null; masked values read •••.",
  };
}
