import { describe, expect, it } from "vitest";
import type { RunRecord } from "@/lib/domain/run-record";
import { AppError } from "@/lib/errors";
import { sampleRecord } from "@/lib/observability/sample-record.fixture";
import { measureRun } from "@/lib/run-view/measure-run";
import { emptyRecord } from "@/lib/run-view/reduce-run";
import { advanceFeed } from "@/lib/run-view/run-feed";
import { createMemoryRunStore } from "@/lib/store/memory-run-store";
import { sampleEvents, sampleHead } from "@/lib/store/sample-run";
import { answerFromArchive, readArchived, recheckSupport } from "./archived-run";

const sample = sampleRecord();
const kept: RunRecord = { ...sample, execution_log: [], performance_metrics: measureRun(sample) };
/** A day after the run. */
const clock = { now: () => kept.started_at + 86_400_000, monotonic: () => 0 };

function portsWith(read: (id: string) => Promise<RunRecord | null>) {
  const asked: string[] = [];
  const archive = {
    read: (id: string) => {
      asked.push(id);
      return read(id);
    },
    search: async () => ({ items: [], next: null }),
  };
  const runs = createMemoryRunStore({ clock, ttlSeconds: 10, maxRuns: 9, maxBytes: 1e6 });
  return { ports: { runs, archive, clock }, asked };
}

describe("a run that the store has forgotten", () => {
  it("is read from the archive", async () => {
    const { ports } = portsWith(async () => kept);
    expect(await readArchived(kept.request_id, ports)).toBe(kept);
  });

  it("stays deleted, whatever the archive has", async () => {
    const { ports, asked } = portsWith(async () => kept);
    await ports.runs.append(sampleHead(kept.request_id), sampleEvents(kept.request_id, 1, 1));
    await ports.runs.delete(kept.request_id);
    expect(await readArchived(kept.request_id, ports)).toBeNull();
    expect(asked).toEqual([]);
  });

  it("is not looked for when it began this moment, was imported, or there is no archive", async () => {
    const { ports, asked } = portsWith(async () => kept);
    const fresh = "019a0000-0000-7000-8000-000000000001";
    const born = { now: () => 0x019a00000000 + 1000, monotonic: () => 0 };
    expect(await readArchived(fresh, { ...ports, clock: born })).toBeNull();
    expect(await readArchived(`import-${fresh}`, ports)).toBeNull();
    expect(asked).toEqual([]);
    expect(await readArchived(kept.request_id, { ...ports, archive: null })).toBeNull();
  });

  it("tells that the archive could not be asked", async () => {
    const fault = new AppError("upstream_failed", "Langfuse is not reachable.");
    const { ports } = portsWith(() => Promise.reject(fault));
    await expect(readArchived(kept.request_id, ports)).rejects.toBe(fault);
  });

  it("is drawn from its events as it was", () => {
    const feed = advanceFeed(null, answerFromArchive(kept, 0), 0);
    const { trace, citations, ...shown } = feed.record;
    const { trace: keptTrace, citations: _citations, ...record } = kept;
    expect(shown).toEqual(record);
    expect(trace).toEqual(keptTrace);
    expect(feed.source).toBe("langfuse");
    expect(citations.every(({ support }) => support !== null)).toBe(true);
  });

  it("has nothing new after its last event, and keeps the cursor", () => {
    const { cursor } = answerFromArchive(kept, 0);
    expect(answerFromArchive(kept, Number(cursor))).toMatchObject({ cursor, events: [] });
    expect(answerFromArchive(kept, 9999)).toMatchObject({ cursor: "9999", events: [] });
  });

  it("has no support to check without citations", () => {
    expect(recheckSupport(emptyRecord("a"))).toBeNull();
  });
});
