import type { Payload } from "@/lib/domain/payload";
import type { StampedEvent } from "@/lib/events/run-event";
import type { RunFacts, RunHead, RunStore, RunSummary } from "./run-store";
import { isGapError } from "./sequence-gap";

/** A write of one run that waits for its store. */
export type RunWrite =
  | Append
  | { kind: "facts"; facts: Partial<RunFacts> }
  | { kind: "summary"; summary: RunSummary }
  | { kind: "payload"; payload: Payload }
  | { kind: "delete" }
  | CatchUp;

interface Append {
  kind: "append";
  head: RunHead;
  events: readonly StampedEvent[];
}

/** Stands for writes for which there was no room. Its events, up to `lastSeq`, are taken from the source again. */
interface CatchUp {
  kind: "catch-up";
  head: RunHead | null;
  lastSeq: number;
  facts: Partial<RunFacts>;
  summary: RunSummary | null;
}

/** One small write in the place of many of the same run. */
export function condenseWrites(writes: readonly RunWrite[]): RunWrite {
  if (writes.some(({ kind }) => kind === "delete")) return { kind: "delete" };
  const catchUp: CatchUp = { kind: "catch-up", head: null, lastSeq: 0, facts: {}, summary: null };
  for (const write of writes) absorb(catchUp, write);
  return catchUp;
}

function absorb(catchUp: CatchUp, write: RunWrite): void {
  switch (write.kind) {
    case "append":
      catchUp.head = write.head;
      catchUp.lastSeq = Math.max(catchUp.lastSeq, write.events.at(-1)?.seq ?? 0);
      break;
    case "facts":
      Object.assign(catchUp.facts, write.facts);
      break;
    case "summary":
      catchUp.summary = write.summary;
      break;
    case "payload":
      // Too large to be kept where there is no room: the event has the beginning of it.
      break;
    case "catch-up":
      Object.assign(catchUp, {
        head: write.head,
        lastSeq: write.lastSeq,
        summary: write.summary,
        facts: write.facts,
      });
      break;
    case "delete":
      break;
  }
}

/**
 * Carries out writes of one run, in order. Events that `store` refuses because others are missing before them are
 * sent together with these, taken from `source`; what that does not have either is owned up to in the head.
 */
export async function carryOutRunWrites(
  store: RunStore,
  source: RunStore,
  requestId: string,
  writes: readonly RunWrite[],
): Promise<void> {
  for (const write of joinAppends(writes)) {
    switch (write.kind) {
      case "append":
        await append(store, source, write.head, write.events);
        break;
      case "facts":
        await store.patchFacts(requestId, write.facts);
        break;
      case "summary":
        await store.putSummary(write.summary);
        break;
      case "payload":
        await store.putPayload(requestId, write.payload);
        break;
      case "delete":
        await store.delete(requestId);
        break;
      case "catch-up":
        if (write.head) await fillGap(store, source, write.head, [], write.lastSeq);
        await store.patchFacts(requestId, write.facts);
        if (write.summary) await store.putSummary(write.summary);
        break;
    }
  }
}

/** Appends that follow one another become one, with the newest head. */
function joinAppends(writes: readonly RunWrite[]): RunWrite[] {
  const joined: RunWrite[] = [];
  for (const write of writes) {
    const last = joined.at(-1);
    if (write.kind !== "append" || last?.kind !== "append") joined.push(write);
    else joined[joined.length - 1] = joinAppend(last, write);
  }
  return joined;
}

function joinAppend(first: Append, second: Append): Append {
  const lastSeq = first.events.at(-1)?.seq ?? 0;
  const isLate = (second.events.at(-1)?.seq ?? lastSeq) < lastSeq;
  const fresh = second.events.filter(({ seq }) => seq > lastSeq);
  return { ...(isLate ? first : second), events: [...first.events, ...fresh] };
}

async function append(store: RunStore, source: RunStore, head: RunHead, events: readonly StampedEvent[]) {
  try {
    await store.append(head, events);
  } catch (error) {
    if (!isGapError(error)) throw error;
    await fillGap(store, source, head, events, 0);
  }
}

/** Sends all events behind the last stored one and says how many up to `lastSeq` are lost. */
async function fillGap(
  store: RunStore,
  source: RunStore,
  head: RunHead,
  events: readonly StampedEvent[],
  lastSeq: number,
): Promise<void> {
  const stored = await store.read(head.request_id, 0);
  const known = await source.read(head.request_id, stored?.lastSeq ?? 0);
  const firstSeq = events[0]?.seq ?? Number.POSITIVE_INFINITY;
  const rest = [...(known?.events ?? []).filter(({ seq }) => seq < firstSeq), ...events];
  const last = Math.max(rest.at(-1)?.seq ?? 0, stored?.lastSeq ?? 0, lastSeq);
  const missing = last - rest.length - (stored?.events.length ?? 0);
  await store.append({ ...head, dropped: Math.max(head.dropped, missing) }, rest);
}
