import { z } from "zod";

/** A run's id on the wire: a UUID (version 7 when we mint it, so that ids sort by time). */
export const requestIdSchema = z.uuid();
/** What the id of an imported run begins with. */
export const importedIdPrefix = "import-";

/** The id of a run that can be read: one made here, or an imported one. */
export const runIdSchema = z.union([requestIdSchema, z.templateLiteral([importedIdPrefix, z.uuid()])]);
export const sessionIdSchema = z.uuid();

/** Sixteen lower-case hex digits: our span id and Langfuse's observation id at once. */
export const spanIdSchema = z.string().regex(/^[0-9a-f]{16}$/);

/** The Langfuse trace id of a run: the request_id without its dashes. */
export function toTraceId(requestId: string): string {
  return requestId.replaceAll("-", "");
}

/** Where ids come from; injected so that tests can predict them. */
export interface IdSource {
  uuid(): string;
  spanId(): string;
}
