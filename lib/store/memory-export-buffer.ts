import type { Clock } from "@/lib/domain/clock";
import { EXPORT_KEPT_MS, type ExportBuffer, type ExportLimits } from "./export-buffer";
import { decodeExport, encodeExport } from "./export-codec";

interface Entry {
  text: string;
  keptAt: number;
  dueAt: number;
  heldUntil: number;
  failures: number;
}

/** Waiting runs in this process's memory, as text: what they take is then known. */
export function createMemoryExportBuffer({
  clock,
  maxRuns,
  maxBytes,
  keptMs = EXPORT_KEPT_MS,
}: ExportLimits & { clock: Clock }): ExportBuffer {
  /** The oldest first. */
  const entries = new Map<string, Entry>();
  /** Those that may still be on their way, with the time when they were discarded, the first one first. */
  const discarded = new Map<string, number>();
  let bytes = 0;
  const now = () => clock.monotonic();

  function remove(requestId: string): boolean {
    bytes -= entries.get(requestId)?.text.length ?? 0;
    return entries.delete(requestId);
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
    async put(run, holdMs) {
      const id = run.record.request_id;
      remove(id);
      const text = encodeExport(run);
      const old = removeOld();
      if (text.length > maxBytes || discarded.has(id)) return { isKept: false, dropped: old };
      const crowded = removeWhile(() => entries.size >= maxRuns || bytes + text.length > maxBytes);
      const at = now();
      entries.set(id, { text, keptAt: at, dueAt: at, heldUntil: at + holdMs, failures: 0 });
      bytes += text.length;
      return { isKept: true, dropped: old + crowded };
    },
    async renew(requestIds, holdMs) {
      for (const id of requestIds) {
        const entry = entries.get(id);
        if (entry) entry.heldUntil = now() + holdMs;
      }
      return requestIds.filter((id) => discarded.has(id));
    },
    async fail(requestId, failures, dueInMs) {
      const entry = entries.get(requestId);
      if (entry) Object.assign(entry, { failures, dueAt: now() + dueInMs, heldUntil: now() });
      return entry !== undefined;
    },
    remove: async (requestId) => void remove(requestId),
    async discard(requestId) {
      discarded.set(requestId, now());
      return remove(requestId);
    },
    async claim(limit, holdMs) {
      const dropped = removeOld();
      const isFree = ({ dueAt, heldUntil }: Entry) => dueAt <= now() && heldUntil <= now();
      const free = [...entries.values()].filter(isFree).sort((a, b) => a.dueAt - b.dueAt);
      const runs = free.slice(0, limit).map((entry) => {
        entry.heldUntil = now() + holdMs;
        return { run: decodeExport(entry.text), failures: entry.failures };
      });
      return { runs, dropped };
    },
    async hasten(requestId) {
      const failed = [...entries].filter(([id, { failures }]) => failures > 0 && (requestId ?? id) === id);
      for (const [, entry] of failed) entry.dueAt = now();
      return requestId === null ? failed.length > 0 : entries.has(requestId);
    },
    async counts() {
      const failed = [...entries.values()].filter(({ failures }) => failures > 0).length;
      return { pending: entries.size - failed, failed };
    },
  };
}
