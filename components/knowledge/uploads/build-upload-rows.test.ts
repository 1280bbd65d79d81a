import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Job } from "@/lib/domain/job";
import { buildUploadRows, toStretches } from "./build-upload-rows";
import type { Upload } from "./upload-store";

const NOW = 1_800_000_000_000;
const none: ReadonlySet<string> = new Set();

const job = (patch: Partial<Job>): Job => ({
  job_id: "j1",
  kb_prefix: "lamp",
  name: "a.md",
  state: "running",
  stage: "chunk",
  completed: 1,
  total: 2,
  error: null,
  error_code: null,
  document_id: null,
  unchanged: false,
  passages: null,
  created_at: NOW,
  updated_at: NOW,
  stages: [],
  ...patch,
});
const upload = (patch: Partial<Upload>): Upload => ({
  id: 1,
  kbPrefix: "lamp",
  name: "a.md",
  size: 3,
  state: { type: "waiting" },
  ...patch,
});
const accepted = upload({ state: { type: "accepted", jobId: "j1" } });

describe("rows of uploads", () => {
  test("an upload becomes its job and keeps its place", () => {
    const second = upload({ id: 2, name: "b.md", state: { type: "sending", share: 0.4 } });
    const rows = buildUploadRows([accepted, second], [job({})], none, NOW);
    expect(rows.map(({ name, state, share }) => [name, state, share])).toEqual([
      ["a.md", "running", 0.375],
      ["b.md", "sending", 0.4],
    ]);
  });

  test("a job whose name the server wrote differently is still the upload's", () => {
    const upper = upload({ name: "plants//a.md", state: { type: "accepted", jobId: "j1" } });
    expect(buildUploadRows([upper], [job({ name: "plants/a.md" })], none, NOW)).toHaveLength(1);
  });

  test("one whose job has not been seen yet waits", () => {
    expect(buildUploadRows([accepted], [], none, NOW)).toMatchObject([{ state: "queued", share: null }]);
  });

  test("content that was there already is not called new", () => {
    const rows = buildUploadRows([accepted], [job({ state: "done", unchanged: true })], none, NOW);
    expect(rows).toMatchObject([{ state: "unchanged", retry: null }]);
  });

  test("what failed says why and can be tried again where it failed", () => {
    const failed = upload({
      id: 7,
      name: "b.md",
      state: { type: "failed", message: "Full.", limit: "ingest_queue" },
    });
    const rows = buildUploadRows(
      [accepted, failed],
      [job({ state: "failed", error: "No text." })],
      none,
      NOW,
    );
    expect(rows).toMatchObject([
      { state: "failed", message: "No text.", retry: { job: "j1" } },
      { state: "failed", message: "Full.", limit: "ingest_queue", retry: { upload: 7 } },
    ]);
  });

  test("jobs of others are shown while they run or when they failed of late, and not once dismissed", () => {
    const jobs = [
      job({ job_id: "run", name: "1" }),
      job({ job_id: "fail", name: "2", state: "failed" }),
      job({ job_id: "old", name: "3", state: "failed", updated_at: NOW - 25 * 3_600_000 }),
      job({ job_id: "done", name: "4", state: "done" }),
    ];
    const keys = (dismissed: ReadonlySet<string>) =>
      buildUploadRows([], jobs, dismissed, NOW).map(({ key }) => key);
    expect(keys(none)).toEqual(["run", "fail"]);
    expect(keys(new Set(["fail"]))).toEqual(["run"]);
  });

  test("a later job of the same name makes an earlier failure old news", () => {
    const jobs = [job({ job_id: "new", state: "done" }), job({ job_id: "old", state: "failed" })];
    expect(buildUploadRows([], jobs, none, NOW)).toEqual([]);
  });

  test("no file has two rows", () => {
    const anyJob = fc.record({ id: fc.integer({ min: 1, max: 6 }), name: fc.constantFrom("a", "b", "c") });
    fc.assert(
      fc.property(
        fc.uniqueArray(anyJob, { selector: ({ id }) => id }),
        fc.constantFrom("a", "z"),
        (given, name) => {
          const jobs = given.map(({ id, name }) => job({ job_id: `j${id}`, name }));
          const rows = buildUploadRows([upload({ name })], jobs, none, NOW);
          expect(new Set(rows.map((row) => row.name)).size).toBe(rows.length);
          expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length);
        },
      ),
    );
  });
});

test("a job's stages lie one after another on its bar, a running one up to now", () => {
  const stages = [
    { stage: "parse" as const, started_at: NOW, duration_ms: 60 },
    { stage: "chunk" as const, started_at: NOW + 60, duration_ms: 20 },
    { stage: "index" as const, started_at: NOW + 80, duration_ms: null },
  ];
  expect(toStretches({ stages, updated_at: NOW + 100 })).toEqual([
    { stage: "parse", ms: 60, left: 0, width: 0.6 },
    { stage: "chunk", ms: 20, left: 0.6, width: 0.2 },
    { stage: "index", ms: null, left: 0.8, width: 0.2 },
  ]);
});
