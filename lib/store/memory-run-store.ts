import type { Clock } from "@/lib/domain/clock";
import type { Payload } from "@/lib/domain/payload";
import type { StampedEvent } from "@/lib/events/run-event";
import { comparePlaces, decodeCursor, isBehind, toPage } from "./page-cursor";
import { matchesRunQuery, placeOf } from "./run-filter";
import { payloadField } from "./run-keys";
import type { RunFacts, RunHead, RunQuery, RunStore, RunSummary } from "./run-store";
import { gapError } from "./sequence-gap";

export interface MemoryRunStoreOptions {
  clock: Clock;
  /** How long a run is kept after its last event. */
  ttlSeconds: number;
  maxRuns: number;
  /** Limit of all events and payloads together, in characters of their JSON. */
  maxBytes: number;
}

interface Entry {
  head: RunHead | null;
  facts: RunFacts;
  summary: RunSummary | null;
  /** Ascending by seq. */
  events: StampedEvent[];
  payloads: Map<string, Payload>;
  lastSeq: number;
  bytes: number;
  /** On the monotonic clock. */
  expiresAt: number;
}

/**
 * Runs in this process's memory. When it is full the run whose last event is oldest goes first; events for which
 * one run alone has no room are counted as dropped.
 */
export function createMemoryRunStore(options: MemoryRunStoreOptions): RunStore {
  const shelf = createShelf(options);
  return {
    backend: "memory",
    append: async (head, events) => shelf.append(head, events),
    async read(requestId, after) {
      const entry = shelf.find(requestId);
      if (!entry?.head) return null;
      const { head, facts, events, lastSeq } = entry;
      const dropped = Math.max(head.dropped, lastSeq - events.length);
      return { head: { ...head, dropped }, facts, events: eventsAfter(events, after), lastSeq };
    },
    async patchFacts(requestId, facts) {
      const entry = shelf.find(requestId);
      if (entry?.head) entry.facts = { ...entry.facts, ...facts };
    },
    putSummary: async (summary) => shelf.putSummary(summary),
    putPayload: async (requestId, payload) => shelf.putPayload(requestId, payload),
    payload: async (requestId, spanId, part) =>
      shelf.find(requestId)?.payloads.get(payloadField(spanId, part)) ?? null,
    list: async (query) => listRuns(shelf.entries(), query),
    delete: async (requestId) => shelf.discard(requestId),
    isDeleted: async (requestId) => shelf.isDeleted(requestId),
  };
}

function listRuns(entries: Iterable<Entry>, query: RunQuery) {
  const cursor = query.before === undefined ? null : decodeCursor(query.before);
  const found = [];
  for (const { summary, facts } of entries) {
    if (summary === null || !matchesRunQuery(query, summary, facts)) continue;
    const place = placeOf(summary, query.sort);
    if (isBehind(place, cursor)) found.push({ place, item: { summary, facts } });
  }
  return toPage(
    found.sort((a, b) => comparePlaces(a.place, b.place)),
    query.limit,
  );
}

/** Events behind the cursor, found by bisection: their number is all that reading costs. */
function eventsAfter(events: readonly StampedEvent[], after: number): StampedEvent[] {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.seq ?? 0) > after) high = middle;
    else low = middle + 1;
  }
  return events.slice(low);
}

/** The entries with their limits. They are kept in the order of their last event, the oldest first. */
function createShelf({ clock, ttlSeconds, maxRuns, maxBytes }: MemoryRunStoreOptions) {
  const entries = new Map<string, Entry>();
  /** When to forget that a run was deleted, the soonest first. */
  const deleted = new Map<string, number>();
  let bytes = 0;

  function remove(requestId: string): void {
    bytes -= entries.get(requestId)?.bytes ?? 0;
    entries.delete(requestId);
  }

  function find(requestId: string): Entry | null {
    const entry = entries.get(requestId);
    if (entry === undefined) return null;
    if (entry.expiresAt > clock.monotonic()) return entry;
    remove(requestId);
    return null;
  }

  function expiry(): number {
    return clock.monotonic() + ttlSeconds * 1000;
  }

  function findOrCreate(requestId: string): Entry {
    const facts = { feedback: null, trace: null, support: null, title: null };
    return (
      find(requestId) ?? {
        head: null,
        facts,
        summary: null,
        events: [],
        payloads: new Map(),
        lastSeq: 0,
        bytes: 0,
        expiresAt: expiry(),
      }
    );
  }

  /** Puts the entry behind all others and lets the oldest go that do not fit beside `size` more of it. */
  function touch(requestId: string, entry: Entry, size: number): void {
    entries.delete(requestId);
    for (const oldest of entries.keys()) {
      if (entries.size < maxRuns && bytes + size <= maxBytes) break;
      remove(oldest);
    }
    entries.set(requestId, entry);
  }

  function add(entry: Entry, event: StampedEvent, size: number): void {
    entry.lastSeq = event.seq;
    if (bytes + size > maxBytes) return;
    entry.events.push(event);
    entry.bytes += size;
    bytes += size;
  }

  function discard(requestId: string): void {
    remove(requestId);
    for (const [id, until] of deleted) if (until <= clock.monotonic()) deleted.delete(id);
    deleted.set(requestId, expiry());
  }

  function isDeleted(requestId: string): boolean {
    return (deleted.get(requestId) ?? Number.NEGATIVE_INFINITY) > clock.monotonic();
  }

  function append(head: RunHead, events: readonly StampedEvent[]): void {
    if (deleted.has(head.request_id)) return;
    const entry = findOrCreate(head.request_id);
    const fresh = ascendingFrom(entry.lastSeq, events);
    if (isGap(entry, fresh, head.dropped)) throw gapError();
    const isLate = events.length > 0 && (events.at(-1)?.seq ?? 0) < entry.lastSeq;
    if (!isLate) entry.head = head;
    if (fresh.length > 0) entry.expiresAt = expiry();
    const sizes = fresh.map((event) => JSON.stringify(event).length);
    touch(head.request_id, entry, sum(sizes));
    fresh.forEach((event, i) => {
      add(entry, event, sizes[i] ?? 0);
    });
  }

  function putSummary(summary: RunSummary): void {
    if (deleted.has(summary.request_id)) return;
    const entry = findOrCreate(summary.request_id);
    entry.summary = summary;
    if (!entries.has(summary.request_id)) touch(summary.request_id, entry, 0);
  }

  /** One for which there is no room is not kept: its event shows the beginning of it all the same. */
  function putPayload(requestId: string, payload: Payload): void {
    const entry = find(requestId);
    if (!entry) return;
    const field = payloadField(payload.span_id, payload.part);
    const size = JSON.stringify(payload).length - JSON.stringify(entry.payloads.get(field) ?? "").length;
    touch(requestId, entry, size);
    if (bytes + size > maxBytes) return;
    entry.payloads.set(field, payload);
    entry.bytes += size;
    bytes += size;
  }

  function* live(): Generator<Entry> {
    for (const requestId of [...entries.keys()]) {
      const entry = find(requestId);
      if (entry) yield entry;
    }
  }
  return { find, append, putSummary, putPayload, discard, isDeleted, entries: live };
}

/** The events that are new, each one once. */
function ascendingFrom(lastSeq: number, events: readonly StampedEvent[]): StampedEvent[] {
  const fresh: StampedEvent[] = [];
  for (const event of events) if (event.seq > (fresh.at(-1)?.seq ?? lastSeq)) fresh.push(event);
  return fresh;
}

/** The rule of the port: a jump in the numbers is refused when more would be missing than the head owns up to. */
function isGap(entry: Entry, fresh: readonly StampedEvent[], dropped: number): boolean {
  const first = fresh[0]?.seq ?? entry.lastSeq + 1;
  const last = fresh.at(-1)?.seq ?? entry.lastSeq;
  const jumps = first > entry.lastSeq + 1 || last - first + 1 > fresh.length;
  return jumps && last - entry.events.length - fresh.length > dropped;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
