import type { PayloadPart } from "@/lib/domain/payload";

/** Keys of one run. The braces are a hash tag: in a cluster they all live on one node. */
export function runKeys(requestId: string) {
  const key = (part: string) => `run:{${requestId}}:${part}`;
  return {
    /** Stream: event n under the id `n-0`. */
    events: key("events"),
    /** Hash: `head`, `last_seq`, `dropped`, and what may change after the end: `feedback`, `trace`. */
    facts: key("facts"),
    summary: key("summary"),
    /** Hash: `<span_id> <part>` to what is too long for its event. */
    payloads: key("payloads"),
    /** Stream: frame n under the id `n-0`. */
    stream: key("stream"),
    /** Hash: `browser` that owns the answer, `ended`. */
    streamHead: key("stream-head"),
    /** Lease of the process that answers. */
    owner: key("owner"),
    stop: key("stop"),
    reader: key("reader"),
  };
}

/** Where a part lies among the payloads of its run. */
export function payloadField(spanId: string, part: PayloadPart): string {
  return `${spanId} ${part}`;
}

/** Says that the run was deleted, so that what is still on its way is not stored; on the same node as the run. */
export function deletedKey(requestId: string): string {
  return `deleted:{${requestId}}`;
}

/** What Langfuse does not have yet, by its id there: a masked run, apart from the one that the sidebar reads, or a score. */
export function exportKey(id: string): string {
  return `export:{${id}}`;
}

/** Sorted set over all runs, one for each way to sort the list. */
export function runIndexKey(sort: string): string {
  return `runs:{index}:${sort}`;
}
