import { toTraceId } from "@/lib/domain/ids";
import { userIdOf } from "@/lib/security/user-id";

/** Everything by which the data of a subject is known, found before any of it is removed. */
export interface Scope {
  /** Null unless all of a browser goes. */
  browserId: string | null;
  /** Null unless a document goes. */
  documentId: string | null;
  sessionIds: readonly string[];
  /** Hidden knowledge bases with the files of these conversations. */
  bases: readonly string[];
  /** Jobs that took files of them in; an upload lies under the id of its job. */
  jobIds: readonly string[];
  /** Passages of a document, in the index now or cited once. */
  passageIds: readonly string[];
  /** Of the answers that go as a whole; of a document: those that its passages went into. */
  requestIds: readonly string[];
}

/** The ids that no store may mention any more. */
export function idsOf(scope: Scope): ReadonlySet<string> {
  const { browserId, documentId, sessionIds, requestIds, jobIds } = scope;
  return new Set([
    ...(browserId === null ? [] : [browserId, userIdOf(browserId)]),
    ...(documentId === null ? [] : [documentId]),
    ...sessionIds,
    ...requestIds,
    ...requestIds.map(toTraceId),
    ...jobIds,
  ]);
}

/** UUIDs, trace ids and ids of documents, wherever they stand in a text. */
const ID =
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<![0-9a-f])(?:[0-9a-f]{32}|d[0-9a-f]{20})(?![0-9a-f])/g;

/** Whether a text mentions one of the ids. */
export function mentions(text: string, ids: ReadonlySet<string>): boolean {
  for (const [id] of text.matchAll(ID)) if (ids.has(id)) return true;
  return false;
}
