import { createHash } from "node:crypto";

/** Id of a document: the same for the same file of the same knowledge base; safe in addresses. */
export function documentIdOf(kbPrefix: string, name: string): string {
  return `d${digest([kbPrefix, name]).slice(0, 20)}`;
}

/**
 * Id of a passage: the same as long as its words, heading and title are, wherever in the document it
 * moves. `occurrence` tells equal passages of one document apart, counted from 0.
 */
export function passageIdOf(documentId: string, content: readonly string[], occurrence: number): string {
  return `p${digest([documentId, String(occurrence), ...content]).slice(0, 24)}`;
}

/** SHA-256 of several texts, hexadecimal; where one ends and the next begins counts. */
export function digest(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
