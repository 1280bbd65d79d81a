import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JobStore } from "./job-store";
import { sampleJob } from "./sample-job";

/** An empty store and a way to let time pass for it. */
export interface JobStoreHarness {
  store: JobStore;
  passSeconds(seconds: number): Promise<void>;
  close(): Promise<void>;
}

const MANY = 1000;
const mine = { owner: "me", leaseMs: 10_000 };
const yours = { owner: "you", leaseMs: 10_000 };

/** The laws of the port, for every adapter. */
export function describeJobStore(name: string, make: () => Promise<JobStoreHarness>): void {
  describe(`job store: ${name}`, () => {
    let harness: JobStoreHarness;
    let store: JobStore;
    beforeEach(async () => {
      harness = await make();
      store = harness.store;
    });
    afterEach(() => harness.close());

    const idOf = async (lease = mine, place = "here") => (await store.claim(place, lease))?.job_id ?? null;
    const listed = async (query: object = {}) =>
      (await store.list({ limit: 50, ...query })).map(({ job_id }) => job_id);

    it("gives back a job as it was, and null for an unknown one", async () => {
      const stages = [{ stage: "parse" as const, started_at: 5, duration_ms: null }];
      const job = sampleJob(1, { name: "报告/年度 'x'.pdf", stages, error: "Too large." });
      expect(await store.add([job, sampleJob(2)], MANY)).toBe(true);
      expect(await store.job(job.job_id)).toEqual(job);
      expect(await store.job("job-9")).toBeNull();
    });

    it("lists newest first, by knowledge base and by document, as many as asked for", async () => {
      const jobs = [sampleJob(1), sampleJob(2, { kb_prefix: "staff" }), sampleJob(3, { target: "d1" })];
      await store.add(jobs, MANY);
      expect(await listed()).toEqual(["job-0003", "job-0002", "job-0001"]);
      expect(await listed({ kb_prefix: "lamp" })).toEqual(["job-0003", "job-0001"]);
      expect(await listed({ target: "d1" })).toEqual(["job-0003", "job-0001"]);
      expect(await listed({ target: "d1", kb_prefix: "staff" })).toEqual([]);
      expect(await listed({ limit: 1 })).toEqual(["job-0003"]);
    });

    it("hands jobs out oldest first, each to one owner, and only those of the place", async () => {
      await store.add([sampleJob(1), sampleJob(2)], MANY);
      await store.add([sampleJob(3, { place: "elsewhere" })], MANY);
      const claims = await Promise.all([mine, yours, mine, yours].map((lease) => idOf(lease)));
      expect(claims.toSorted()).toEqual(["job-0001", "job-0002", null, null]);
      expect(await idOf(mine, "elsewhere")).toBe("job-0003");
    });

    it("runs the jobs of one document one after the other", async () => {
      await store.add([sampleJob(1), sampleJob(2, { target: "d1" }), sampleJob(3)], MANY);
      expect(await idOf()).toBe("job-0001");
      expect(await idOf(yours)).toBe("job-0003");
      expect(await idOf(yours)).toBeNull();
      await store.release(sampleJob(1, { state: "done" }), "me");
      expect(await idOf(yours)).toBe("job-0002");
    });

    it("leaves a job to its owner as long as it is renewed, and gives it away once it is abandoned", async () => {
      await store.add([sampleJob(1)], MANY);
      await idOf();
      await harness.passSeconds(8);
      const running = sampleJob(1, { state: "running", stage: "chunk", completed: 3, total: 9 });
      expect(await store.save(running, mine)).toBe(true);
      expect(await store.job("job-0001")).toEqual(running);
      await harness.passSeconds(8);
      expect(await idOf(yours)).toBeNull();
      await harness.passSeconds(8);
      expect(await store.claim("here", yours)).toEqual(running);
    });

    it("keeps nothing from an owner that has lost its lease", async () => {
      await store.add([sampleJob(1)], MANY);
      await idOf();
      await harness.passSeconds(11);
      await idOf(yours);
      expect(await store.save(sampleJob(1, { state: "running" }), mine)).toBe(false);
      expect(await store.release(sampleJob(1, { state: "done" }), "me")).toBe(false);
      expect(await store.job("job-0001")).toEqual(sampleJob(1));
      expect(await store.release(sampleJob(1, { state: "done" }), "you")).toBe(true);
      expect(await store.save(sampleJob(1, { state: "running" }), yours)).toBe(false);
    });

    it("takes a job that is given back into the queue, and none that has ended", async () => {
      await store.add([sampleJob(1)], MANY);
      await idOf();
      await store.release(sampleJob(1, { attempts: 1 }), "me");
      expect((await store.claim("here", yours))?.attempts).toBe(1);
      await store.release(sampleJob(1, { state: "failed" }), "you");
      expect(await idOf()).toBeNull();
    });

    it("opens a failed job again, and only such a one", async () => {
      await store.add([sampleJob(1), sampleJob(2, { state: "failed" })], MANY);
      expect(await store.reopen(sampleJob(1))).toBe(false);
      expect(await store.reopen(sampleJob(2))).toBe(true);
      expect(await store.reopen(sampleJob(2))).toBe(false);
      expect(await store.reopen(sampleJob(3))).toBe(false);
      expect([await idOf(), await idOf()]).toEqual(["job-0001", "job-0002"]);
    });

    it("ends an open job for good, running or not, and none that has ended", async () => {
      await store.add([sampleJob(1), sampleJob(2, { target: "d1" }), sampleJob(3)], MANY);
      await idOf();
      const ended = sampleJob(1, { state: "failed", error: "The document was deleted." });
      expect(await store.end(ended)).toBe(true);
      expect(await store.job("job-0001")).toEqual(ended);
      expect(await store.save(sampleJob(1, { state: "running" }), mine)).toBe(false);
      expect(await store.release(sampleJob(1, { state: "done" }), "me")).toBe(false);
      expect(await store.end(sampleJob(1, { state: "failed" }))).toBe(false);
      expect(await store.end(sampleJob(3, { state: "failed" }))).toBe(true);
      expect(await store.end(sampleJob(4, { state: "failed" }))).toBe(false);
      expect([await idOf(yours), await idOf(yours)]).toEqual(["job-0002", null]);
    });

    it("adds all or none when more would be open than may be; what has ended does not count", async () => {
      expect(await store.add([sampleJob(1), sampleJob(2, { state: "failed" })], 2)).toBe(true);
      expect(await store.add([sampleJob(3), sampleJob(4)], 2)).toBe(false);
      expect(await store.job("job-0003")).toBeNull();
      expect(await store.add([sampleJob(3, { place: "elsewhere" })], 1)).toBe(true);
      expect(await store.add([sampleJob(4)], 2)).toBe(true);
    });

    it("forgets the jobs of a knowledge base, whose owners lose them", async () => {
      await store.add([sampleJob(1), sampleJob(2, { kb_prefix: "staff" })], MANY);
      await idOf();
      await store.deleteOf({ kb_prefix: "lamp" });
      expect(await store.save(sampleJob(1, { state: "running" }), mine)).toBe(false);
      expect(await listed()).toEqual(["job-0002"]);
      expect(await listed({ kb_prefix: "lamp" })).toEqual([]);
      expect(await listed({ target: "d1" })).toEqual([]);
      expect(await idOf(yours)).toBe("job-0002");
    });

    it("forgets what ended long ago", async () => {
      await store.add([sampleJob(1, { state: "failed" })], MANY);
      await harness.passSeconds(31 * 86_400);
      await store.add([sampleJob(2, { created_at: 1_700_000_000_000 + 31 * 86_400_000 })], MANY);
      expect(await store.job("job-0001")).toBeNull();
      expect(await listed()).toEqual(["job-0002"]);
    });
  });
}
