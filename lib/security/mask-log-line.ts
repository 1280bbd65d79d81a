import type { z } from "zod";
import { withholdText } from "@/lib/domain/withheld";
import { maskText } from "./mask";
import { keepsContent } from "./redaction";

type Json = z.infer<ReturnType<typeof z.json>>;

/** Of our own making: ids, times and codes. */
const OWN = new Set(["level", "time", "request_id", "trace_id", "job_id", "status", "code"]);
/** What a library, a server or a file may have put its words into. */
const FOREIGN = new Set(["error", "err", "reason", "cause", "message", "stack"]);

/**
 * One line of the log, JSON, with what is secret in it masked, in the causes of errors too. Where contents are not
 * kept, the words of errors are not either: they may quote what somebody wrote.
 */
export function maskLogLine(line: string): string {
  try {
    const value: Json = JSON.parse(line);
    return `${JSON.stringify(maskValue(value, false))}\n`;
  } catch {
    // No line is lost to what its object did to the format.
    return maskText(line).text;
  }
}

/** ECONNREFUSED, WRONGPASS and their like quote nobody. */
const CODE = /^[A-Z][A-Z0-9_]*$/;

function maskValue(value: Json, foreign: boolean): Json {
  if (typeof value === "string") {
    const isHidden = foreign && !keepsContent() && !CODE.test(value);
    return isHidden ? withholdText(value) : maskText(value).text;
  }
  if (Array.isArray(value)) return value.map((entry) => maskValue(entry, foreign));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key,
      OWN.has(key) ? entry : maskValue(entry, foreign || FOREIGN.has(key)),
    ]),
  );
}
