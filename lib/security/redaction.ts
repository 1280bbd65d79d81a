import { withholdText } from "@/lib/domain/withheld";
import { maskText } from "./mask";
import { redactionOf } from "./redaction-slot";

/** Whether contents are kept at all. */
export function keepsContent(): boolean {
  return redactionOf().content;
}

/** A text as the debug store, Langfuse and the log may have it. */
export function toKeptText(text: string): string {
  return keepsContent() ? maskText(text).text : withholdText(text);
}
