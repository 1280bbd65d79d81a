import type { Clock } from "@/lib/domain/clock";
import { EXPORT_KEPT_MS, type ExportBuffer, type ExportLimits } from "./export-buffer";
import type { ExportKind } from "./export-codec";

interface Entry {
  text: string;
  keptAt: number;
  dueAt: number;
  heldUntil: number;
  failures: number;
}

/** What waits, in this process's memory, as text: what they take is then known. */
export function createMemoryExportBuffer<Item>(
  kind: ExportKind<Item>,
  { clock, maxItems, maxBytes, keptMs = EXPORT_KEPT_MS }: ExportLimits & { clock: Clock },
): ExportBuffer<Item> {
  /** The oldest first. */
  const entries = new Map<string, Entry>();
  /** Those that may still be on their way, with the time when they were discarded, the first one first. */
  const discarded = new Map<string, number>();
  let bytes = 0;
  const now = () => clock.monotonic();

  function remove(id: string): boolean {
    bytes -= entries.get(id)?.text.length ?? 0;
    return entries.delete(id);
  }

  /** How many of them nobody held. */
  function removeWhile(isSuperfluous: (entry: Entry) => boolean): number {
    let dropped = 0;
    for (const [id, entry] of entries) {
      if (!isSuperfluous(entry)) break;
      remove(id);
      if (entry.heldUntil <= now()) dropped += 1;
    }
    return dropped;
  }
  function removeOld(): number {
    for (const [id, at] of discarded) if (now() - at >= keptMs) discarded.delete(id);
    return removeWhile(({ keptAt }) => now() - keptAt >= keptMs);
  }

  return {
    async put(item, holdMs) {
      const id = kind.idOf(item);
      remove(id);
      const text = kind.encode(item);
      const old = removeOld();
      if (text.length > maxBytes || discarded.has(id)) return { isKept: false, dropped: old };
      const crowded = removeWhile(() => entries.size >= maxItems || bytes + text.length > maxBytes);
      const at = now();
      entries.set(id, { text, keptAt: at, dueAt: at, heldUntil: at + holdMs, failures: 0 });
      bytes += text.length;
      return { isKept: true, dropped: old + crowded };
    },
    async renew(ids, holdMs) {
      for (const id of ids) {
        const entry = entries.get(id);
        if (entry) entry.heldUntil = now() + holdMs;
      }
      return ids.filter((id) => discarded.has(id));
    },
    async fail(id, failures, dueInMs) {
      const entry = entries.get(id);
      if (entry) Object.assign(entry, { failures, dueAt: now() + dueInMs, heldUntil: now() });
      return entry !== undefined;
    },
    remove: async (id) => void remove(id),
    async discard(id) {
      discarded.set(id, now());
      return remove(id);
    },
    async claim(limit, holdMs) {
      const dropped = removeOld();
      const isFree = ({ dueAt, heldUntil }: Entry) => dueAt <= now() && heldUntil <= now();
      const free = [...entries.values()].filter(isFree).sort((a, b) => a.dueAt - b.dueAt);
      const kept = free.slice(0, limit).map((entry) => {
        entry.heldUntil = now() + holdMs;
        return { item: kind.decode(entry.text), failures: entry.failures };
      });
      return { kept, dropped };
    },
    async hasten(only) {
      const failed = [...entries].filter(([id, { failures }]) => failures > 0 && (only ?? id) === id);
      for (const [, entry] of failed) entry.dueAt = now();
      return only === null ? failed.length > 0 : entries.has(only);
    },
    async counts() {
      const failed = [...entries.values()].filter(({ failures }) => failures > 0).length;
      return { pending: entries.size - failed, failed };
    },
  };
}
