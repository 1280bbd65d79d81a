import { describe, expect, it } from "vitest";
import { createFakeClock } from "./fake-clock";
import { createMemoryRunStore, type MemoryRunStoreOptions } from "./memory-run-store";
import { CONTRACT_TTL_SECONDS, describeRunStore } from "./run-store.contract";
import { sampleEvents, sampleHead, sampleSummary } from "./sample-run";

function makeStore(changes: Partial<MemoryRunStoreOptions> = {}) {
  const clock = createFakeClock();
  const limits = { ttlSeconds: CONTRACT_TTL_SECONDS, maxRuns: 1000, maxBytes: 1_000_000 };
  return { clock, store: createMemoryRunStore({ clock, ...limits, ...changes }) };
}

describeRunStore("memory", async () => {
  const { clock, store } = makeStore();
  return { store, passSeconds: async (seconds) => clock.advance(seconds * 1000), close: async () => {} };
});

describe("memory run store", () => {
  const bytesOf = (count: number) => JSON.stringify(sampleEvents("a", 1, count)).length;

  it("lets the run go whose last event is oldest when there are too many", async () => {
    const { store } = makeStore({ maxRuns: 2 });
    await store.append(sampleHead("a"), sampleEvents("a", 1, 1));
    await store.append(sampleHead("b"), sampleEvents("b", 1, 1));
    await store.append(sampleHead("a"), sampleEvents("a", 2, 2));
    await store.append(sampleHead("c"), sampleEvents("c", 1, 1));
    expect(await store.read("b", 0)).toBeNull();
    expect(await store.read("a", 0)).toMatchObject({ lastSeq: 2 });
    expect(await store.read("c", 0)).toMatchObject({ lastSeq: 1 });
  });

  it("lets the oldest runs go when the bytes are used up", async () => {
    const { store } = makeStore({ maxBytes: bytesOf(4) });
    for (const id of ["a", "b", "c"]) await store.append(sampleHead(id), sampleEvents(id, 1, 2));
    expect(await store.read("a", 0)).toBeNull();
    expect(await store.read("b", 0)).not.toBeNull();
    expect(await store.read("c", 0)).not.toBeNull();
  });

  it("counts what one run alone has no room for as dropped and goes on", async () => {
    const { store } = makeStore({ maxBytes: bytesOf(3) });
    await store.append(sampleHead("a"), sampleEvents("a", 1, 5));
    await store.append(sampleHead("a", { status: "success" }), sampleEvents("a", 6, 6));
    const slice = await store.read("a", 0);
    expect(slice?.events.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(slice).toMatchObject({ head: { dropped: 3, status: "success" }, lastSeq: 6 });
  });

  it("has room again when a run is deleted or has expired", async () => {
    const { store, clock } = makeStore({ maxBytes: bytesOf(2) });
    await store.append(sampleHead("a"), sampleEvents("a", 1, 2));
    await store.delete("a");
    await store.append(sampleHead("b"), sampleEvents("b", 1, 2));
    expect(await store.read("b", 0)).toMatchObject({ head: { dropped: 0 } });
    clock.advance(CONTRACT_TTL_SECONDS * 1000);
    await store.append(sampleHead("c"), sampleEvents("c", 1, 2));
    expect(await store.read("c", 0)).toMatchObject({ head: { dropped: 0 }, lastSeq: 2 });
  });

  it("bounds the lines of runs without events as well", async () => {
    const { store } = makeStore({ maxRuns: 3 });
    for (let i = 0; i < 10; i++) await store.putSummary(sampleSummary(`r${i}`));
    expect((await store.list({ sort: "time", limit: 50 })).items).toHaveLength(3);
  });
});
