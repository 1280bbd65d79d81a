import { mkdirSync, readdirSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { systemClock } from "@/lib/domain/clock";
import { jobSchema } from "@/lib/domain/job";
import { connectLance } from "@/lib/retrieval/index/lance-table";
import { openPassageTable } from "@/lib/retrieval/index/passage-table";
import { createScriptedEmbedding } from "@/lib/retrieval/testing/scripted-embedding";
import { createWorkplace } from "@/lib/retrieval/testing/two-handbooks";
import { sampleJob } from "@/lib/store/sample-job";
import { createSqliteJobStore } from "@/lib/store/sqlite-job-store";
import { until } from "@/lib/store/until";
import { ended, found, openProcess, systemIds, upload } from "./ingest.fixture";
import { openUploadFolder } from "./upload-folder";

const WRENCH =
  "# Tools\n\nThe zircon wrench hangs in the hall.\n\n## Care\n\nOil the zircon wrench in May.\n";
const filesIn = (dataDir: string) => readdirSync(join(dataDir, "uploads")).filter((name) => name !== "place");

describe("a job", () => {
  test("takes a file through its stages, each with its time, and its text is found", async () => {
    await using place = await createWorkplace();
    await using one = await openProcess(place);
    const [job] = await upload(one.ingest, "lamp", { "tools/wrench.md": WRENCH });
    expect(jobSchema.parse(job)).toMatchObject({
      state: "done",
      name: "tools/wrench.md",
      error: null,
      unchanged: false,
      passages: 2,
    });
    expect(job?.stages.map(({ stage }) => stage)).toEqual(["parse", "chunk", "index"]);
    for (const { duration_ms } of job?.stages ?? []) expect(duration_ms).toBeGreaterThanOrEqual(0);
    expect((await found(one, "zircon wrench")).slice(0, 2)).toEqual([
      "The zircon wrench hangs in the hall.",
      "Oil the zircon wrench in May.",
    ]);
    expect(await one.documents.facts(job?.document_id ?? "")).toMatchObject({
      name: "tools/wrench.md",
      title: "Tools",
      format: "markdown",
      pages: null,
      passages: 2,
      enabled: true,
    });
    await until(() => filesIn(place.dataDir).length === 0);
  });

  test("that is done is found by the very next search, also where searches found nothing before", async () => {
    await using place = await createWorkplace();
    await using one = await openProcess(place);
    const garden = { prefix: "garden", title: "Garden", description: "", keywords: [], suggested: [] };
    await one.knowledgeBases.create(garden);
    expect(await found(one, "zircon wrench", "garden")).toEqual([]);
    await one.index.affinities("zircon wrench");
    await upload(one.ingest, "garden", { "wrench.md": WRENCH });
    expect(await found(one, "zircon wrench", "garden")).toHaveLength(2);
    expect((await one.index.affinities("zircon wrench"))[0]).toMatchObject({ kb_prefix: "garden" });
  });

  test("of a file that cannot be read fails with a sentence; the others go on and nothing of it is found", async () => {
    await using place = await createWorkplace();
    await using one = await openProcess(place);
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
    const jobs = await upload(one.ingest, "lamp", {
      "zero.md": "",
      "blank.txt": " \n\t\n",
      "picture.pdf": png,
      "broken.docx": "PK\u0003\u0004 no archive",
      "program.exe": "MZ",
      "good.md": WRENCH,
    });
    const outcome = jobs.map(({ name, state }) => [name, state]);
    expect(outcome).toEqual([
      ["zero.md", "failed"],
      ["blank.txt", "failed"],
      ["picture.pdf", "failed"],
      ["broken.docx", "failed"],
      ["program.exe", "failed"],
      ["good.md", "done"],
    ]);
    for (const { state, error } of jobs) if (state === "failed") expect(error).toMatch(/^[A-Z].*\.$/);
    expect((await one.index.documents("lamp")).map(({ name }) => name)).toContain("good.md");
    expect(await one.index.documents("lamp")).toHaveLength(4);
  });

  test("with the same content again changes nothing; with another it replaces all passages", async () => {
    await using place = await createWorkplace();
    await using one = await openProcess(place);
    const [first] = await upload(one.ingest, "lamp", { "wrench.md": WRENCH });
    const before = await one.documents.facts(first?.document_id ?? "");
    const [again] = await upload(one.ingest, "lamp", { "wrench.md": WRENCH });
    expect(again).toMatchObject({
      state: "done",
      unchanged: true,
      passages: 2,
      document_id: first?.document_id,
    });
    expect(again?.stages.map(({ stage }) => stage)).toEqual(["parse"]);
    expect(await one.documents.facts(first?.document_id ?? "")).toEqual(before);
    const [changed] = await upload(one.ingest, "lamp", { "wrench.md": "# Tools\n\nThe beryl saw is new.\n" });
    expect(changed).toMatchObject({ unchanged: false, passages: 1, document_id: first?.document_id });
    expect(await found(one, "zircon wrench hangs")).not.toContain("The zircon wrench hangs in the hall.");
    expect(await found(one, "beryl saw")).toContain("The beryl saw is new.");
  });

  test("of a document cuts it again from what the index keeps, without its file", async () => {
    await using place = await createWorkplace();
    await using one = await openProcess(place);
    const [first] = await upload(one.ingest, "lamp", { "wrench.md": WRENCH });
    const before = await one.documents.passages(first?.document_id ?? "", { after: -1, limit: 9 });
    const [job] = await ended(
      one.ingest,
      await one.ingest.reindex([{ kb_prefix: "lamp", name: "wrench.md" }]),
    );
    expect(job).toMatchObject({ state: "done", unchanged: false, document_id: first?.document_id });
    expect(job?.stages.map(({ stage }) => stage)).toEqual(["chunk", "index"]);
    expect(await one.documents.passages(first?.document_id ?? "", { after: -1, limit: 9 })).toEqual(before);
    const again = await upload(one.ingest, "lamp", { "wrench.md": WRENCH });
    expect(again[0]).toMatchObject({ unchanged: true });
  });

  test("of a document that is gone says so", async () => {
    await using place = await createWorkplace();
    await using one = await openProcess(place);
    const { ingest } = one;
    const [job] = await ended(ingest, await ingest.reindex([{ kb_prefix: "lamp", name: "nowhere.md" }]));
    expect(job).toMatchObject({
      state: "failed",
      error: "The document is no longer there.",
      error_code: "refused",
      document_id: null,
    });
  });

  test("ends without a trace when its knowledge base is deleted meanwhile", async () => {
    await using place = await createWorkplace();
    const gate = Promise.withResolvers<void>();
    const parse = async () => {
      await gate.promise;
      return { format: "markdown" as const, title: null, markdown: WRENCH, pages: [] };
    };
    await using one = await openProcess({ ...place, parse });
    const [job] = await one.ingest.upload("lamp", (take) =>
      take({ name: "wrench.md", content: Readable.from([WRENCH]) }),
    );
    await one.knowledgeBases.remove("lamp");
    gate.resolve();
    const [after] = await ended(one.ingest, job ? [job] : []);
    expect(after).toMatchObject({ state: "failed", error: "The knowledge base was deleted meanwhile." });
    expect(await one.index.documents("lamp")).toEqual([]);
  });
});

describe("a document that is deleted", () => {
  const MARKDOWN = { format: "markdown" as const, title: null, pages: [] };

  test("does not come back by what was under way for it, neither uploads nor re-indexing", async () => {
    await using place = await createWorkplace();
    const gate = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const parse = async ({ bytes }: { bytes: Uint8Array }) => {
      const markdown = Buffer.from(bytes).toString();
      if (markdown.includes("beryl")) {
        begun.resolve();
        // Whoever deletes does not wait for a step that cannot be broken off.
        await gate.promise;
      }
      return { ...MARKDOWN, markdown };
    };
    await using one = await openProcess({ ...place, parse });
    const { ingest } = one;
    const [first] = await upload(ingest, "lamp", { "wrench.md": WRENCH });
    const id = first?.document_id ?? "";
    const send = (text: string) =>
      ingest.upload("lamp", (take) => take({ name: "wrench.md", content: Readable.from([text]) }));
    const running = await send("# Tools\n\nThe beryl saw is new.\n");
    await begun.promise;
    const queued = await send("# Tools\n\nThe topaz file is newer.\n");
    const recut = await ingest.reindex([{ kb_prefix: "lamp", name: "wrench.md" }]);
    await ingest.abandon(id);
    await one.documents.remove(id);
    gate.resolve();
    const [other] = await upload(ingest, "lamp", { "other.md": "# Other\n\nSomething else.\n" });
    expect(other).toMatchObject({ state: "done" });
    for (const job of await ended(ingest, [...running, ...queued, ...recut])) {
      expect(job).toMatchObject({
        state: "failed",
        error: expect.stringMatching(/^The document was deleted/),
        error_code: "deleted",
      });
    }
    await one.close();
    expect(filesIn(place.dataDir)).toEqual([]);
    await using next = await openProcess({ ...place, parse });
    expect(await next.documents.facts(id)).toBeNull();
    await expect(next.ingest.retry(queued[0]?.job_id ?? "")).rejects.toThrow("upload it again");
    const [again] = await upload(next.ingest, "lamp", { "wrench.md": WRENCH });
    expect(again).toMatchObject({ state: "done", unchanged: false });
  });
});

describe("a document that is deleted in the moment it is written", () => {
  for (const forgets of [true, false]) {
    test(`is gone when the job has ended, ${forgets ? "which is forgotten" : "which says so"}`, async () => {
      await using place = await createWorkplace();
      const [begun, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const beforeWriting = async () => {
        begun.resolve();
        await gate.promise;
      };
      await using one = await openProcess({ ...place, beforeWriting });
      const { ingest, documents } = one;
      const id = documents.documentId("lamp", "wrench.md");
      await ingest.upload("lamp", (take) => take({ name: "wrench.md", content: Readable.from([WRENCH]) }));
      await begun.promise;
      await (forgets ? ingest.forgetDocument(id) : ingest.abandon(id));
      await documents.remove(id);
      gate.resolve();
      await ingest.stop();
      expect(await documents.facts(id)).toBeNull();
      expect(await found(one, "zircon wrench hangs")).not.toContain("The zircon wrench hangs in the hall.");
    });
  }
});

describe("vectors of new passages", () => {
  test("are made in a stage of their own, before the document is found", async () => {
    await using place = await createWorkplace();
    const { embedding } = createScriptedEmbedding();
    await using one = await openProcess({ ...place, embedding });
    const [job] = await upload(one.ingest, "staff", {
      "car.md": "# Car\n\nThe automobile is in the yard.\n",
    });
    expect(job?.stages.map(({ stage }) => stage)).toEqual(["parse", "chunk", "embed", "index"]);
    expect(await found(one, "clamp", "staff")).toContain("The automobile is in the yard.");
  });

  test("that cannot be made fail the job and leave the old document; a retry goes through", async () => {
    await using place = await createWorkplace();
    const { embedding, state } = createScriptedEmbedding();
    await using one = await openProcess({ ...place, embedding });
    await upload(one.ingest, "lamp", { "wrench.md": WRENCH });
    state.down = true;
    const [failed] = await upload(one.ingest, "lamp", { "wrench.md": "# Tools\n\nThe beryl saw is new.\n" });
    expect(failed).toMatchObject({ state: "failed", stage: "embed", document_id: null });
    state.down = false;
    expect(await found(one, "zircon wrench")).toContain("The zircon wrench hangs in the hall.");
    expect(await found(one, "beryl saw")).not.toContain("The beryl saw is new.");
    const queued = await one.ingest.retry(failed?.job_id ?? "");
    expect(queued).toMatchObject({ state: "queued", error: null, stages: [] });
    const [done] = await ended(one.ingest, [queued]);
    expect(done).toMatchObject({ state: "done", passages: 1 });
    expect(await found(one, "beryl saw")).toContain("The beryl saw is new.");
  });
});

describe("retrying", () => {
  test("needs a job that failed and a file that is still kept", async () => {
    await using place = await createWorkplace();
    await using one = await openProcess(place);
    const { ingest } = one;
    const [done, failed] = await upload(ingest, "lamp", { "wrench.md": WRENCH, "zero.md": "" });
    await expect(ingest.retry(done?.job_id ?? "")).rejects.toMatchObject({ code: "conflict" });
    await expect(ingest.retry(systemIds.uuid())).rejects.toMatchObject({ code: "not_found" });
    const [again] = await ended(ingest, [await ingest.retry(failed?.job_id ?? "")]);
    expect(again).toMatchObject({ state: "failed", error: failed?.error });
    rmSync(join(place.dataDir, "uploads", failed?.job_id ?? ""));
    await expect(ingest.retry(failed?.job_id ?? "")).rejects.toThrow("no longer kept");
  });

  test("an old file cannot take the place of a later one that went through", async () => {
    await using place = await createWorkplace();
    await using one = await openProcess(place);
    const { ingest } = one;
    const [failed] = await upload(ingest, "lamp", { "wrench.md": "" });
    await upload(ingest, "lamp", { "wrench.md": WRENCH });
    // Files go after their job is done: a process that dies between the two must find its file again.
    await until(() => filesIn(place.dataDir).length === 0);
    await expect(ingest.retry(failed?.job_id ?? "")).rejects.toThrow("upload it again");
  });
});

describe("a process that ends", () => {
  const waiting = () => {
    const begun = Promise.withResolvers<void>();
    const parse = (_: unknown, { signal }: { signal?: AbortSignal } = {}) => {
      begun.resolve();
      return new Promise<never>((_resolve, reject) =>
        signal?.addEventListener("abort", () => reject(signal.reason)),
      );
    };
    return { begun: begun.promise, parse };
  };

  test("in order gives its jobs back, and the next one finishes them", async () => {
    await using place = await createWorkplace();
    const { begun, parse } = waiting();
    await using first = await openProcess({ ...place, parse });
    const jobs = await first.ingest.upload("lamp", (take) =>
      take({ name: "wrench.md", content: Readable.from([WRENCH]) }),
    );
    await begun;
    await first.close();
    await using second = await openProcess(place);
    expect(await ended(second.ingest, jobs)).toMatchObject([{ state: "done", passages: 2 }]);
  });

  test("without a word loses its jobs to another one when their lease has run out", async () => {
    await using place = await createWorkplace();
    const store = createSqliteJobStore({ path: join(place.dataDir, "jobs.sqlite"), clock: systemClock });
    await using first = await openProcess({ ...place, parse: waiting().parse });
    await first.close();
    const uploads = join(place.dataDir, "uploads");
    const { place: here } = openUploadFolder(uploads);
    const job = sampleJob(1, { job_id: systemIds.uuid(), place: here, name: "wrench.md", attempts: 1 });
    writeFileSync(join(uploads, job.job_id), WRENCH);
    await store.add([job], 10);
    await store.claim(here, { owner: "dead", leaseMs: 700 });
    await using second = await openProcess(place);
    expect(await second.ingest.job(job.job_id)).toMatchObject({ state: "queued" });
    expect(await ended(second.ingest, [job])).toMatchObject([{ state: "done" }]);
    store.close();
  });

  test("three times on the same file does not happen a fourth time", async () => {
    await using place = await createWorkplace();
    const store = createSqliteJobStore({ path: join(place.dataDir, "jobs.sqlite"), clock: systemClock });
    await using first = await openProcess(place);
    const uploads = join(place.dataDir, "uploads");
    const { place: here } = openUploadFolder(uploads);
    const job = sampleJob(1, { job_id: systemIds.uuid(), place: here, attempts: 3 });
    writeFileSync(join(uploads, job.job_id), WRENCH);
    await store.add([job], 10);
    const [after] = await ended(first.ingest, [job]);
    expect(after).toMatchObject({ state: "failed", stages: [] });
    expect(after?.error).toMatch(/ended 3 times/);
    store.close();
  });

  test("leaves two on one folder with the same jobs, each run once", async () => {
    await using place = await createWorkplace();
    await using one = await openProcess(place);
    await using other = await openProcess(place);
    const files = Object.fromEntries(
      [...Array(12).keys()].map((n) => [`n${n}.md`, `# N${n}\n\nNumber ${n}.\n`]),
    );
    const jobs = await upload(one.ingest, "lamp", files);
    expect(jobs.map(({ state }) => state)).toEqual(Array(12).fill("done"));
    expect(jobs.filter(({ unchanged }) => unchanged)).toEqual([]);
    expect(await other.index.documents("lamp")).toHaveLength(15);
    const records = await one.store.list({ limit: 50 });
    expect(records.map(({ attempts }) => attempts)).toEqual(Array(12).fill(1));
  });
});

describe("receiving", () => {
  test("a full disk is told, and leaves no file and no job", async () => {
    await using place = await createWorkplace();
    await using one = await openProcess(place);
    const { ingest } = one;
    const uploads = join(place.dataDir, "uploads");
    const full = async () =>
      ingest.upload("lamp", async (take) => {
        await take({ name: "first.md", content: Readable.from([WRENCH]) });
        // The next file lands on a device without room.
        const ids = readdirSync(uploads).filter((name) => name !== "place");
        expect(ids).toHaveLength(1);
        const realUuid = systemIds.uuid;
        systemIds.uuid = () => {
          const id = realUuid();
          symlinkSync("/dev/full", join(uploads, `${id}.part`));
          return id;
        };
        await take({ name: "second.md", content: Readable.from([WRENCH]) }).finally(() => {
          systemIds.uuid = realUuid;
        });
      });
    await expect(full()).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringMatching(/^The disk of the server is full/),
    });
    expect(filesIn(place.dataDir)).toEqual([]);
    expect(await ingest.jobs({ limit: 9 })).toEqual([]);
  });

  test("a sender that breaks off leaves no file and no job", async () => {
    await using place = await createWorkplace();
    await using one = await openProcess(place);
    const { ingest } = one;
    const broken = ingest.upload("lamp", async (take) => {
      await take({ name: "first.md", content: Readable.from([WRENCH]) });
      const half = async function* () {
        yield Buffer.from("# Half");
        throw new Error("gone");
      };
      await take({ name: "second.md", content: Readable.from(half()) });
    });
    await expect(broken).rejects.toThrow("gone");
    expect(filesIn(place.dataDir)).toEqual([]);
    expect(await ingest.jobs({ limit: 9 })).toEqual([]);
  });

  test("files of which none can be taken are refused with the first one's reason", async () => {
    await using place = await createWorkplace();
    await using one = await openProcess(place);
    const { ingest } = one;
    const send = (files: Record<string, string>) => upload(ingest, "lamp", files);
    await expect(send({ "a.exe": "x", "b.png": "y" })).rejects.toMatchObject({
      code: "unsupported_media_type",
      issues: [{ path: "a.exe" }, { path: "b.png" }],
    });
    await expect(send({ "../a.md": "x" })).rejects.toMatchObject({ code: "invalid_request" });
    await expect(send({})).rejects.toMatchObject({ code: "invalid_request" });
    let kept = 0;
    async function* thirtyMegabytes() {
      for (let sent = 0; sent < 30; sent += 1) {
        yield Buffer.alloc(1024 * 1024, 97);
        for (const file of filesIn(place.dataDir)) {
          kept = Math.max(kept, statSync(join(place.dataDir, "uploads", file)).size);
        }
      }
    }
    const large = ingest.upload("lamp", (take) =>
      take({ name: "large.txt", content: Readable.from(thirtyMegabytes()) }),
    );
    await expect(large).rejects.toMatchObject({ code: "payload_too_large" });
    expect(kept).toBeGreaterThan(15 * 1024 * 1024);
    expect(kept).toBeLessThanOrEqual(20 * 1024 * 1024);
    expect(filesIn(place.dataDir)).toEqual([]);
  });

  test("files that lost their job are removed at a start, and no others", async () => {
    await using place = await createWorkplace();
    const uploads = join(place.dataDir, "uploads");
    mkdirSync(uploads, { recursive: true });
    await using first = await openProcess(place);
    const [failed] = await upload(first.ingest, "lamp", { "zero.md": "" });
    await first.close();
    const hours = (n: number) => Date.now() / 1000 - n * 3600;
    for (const [name, age] of [
      ["old", 2],
      ["old.part", 2],
      ["new.part", 0],
      [failed?.job_id ?? "", 2],
    ] as const) {
      writeFileSync(join(uploads, name), "x", { flag: "a" });
      utimesSync(join(uploads, name), hours(age), hours(age));
    }
    await using _ = await openProcess(place);
    await until(() => !filesIn(place.dataDir).includes("old"));
    expect(filesIn(place.dataDir).toSorted()).toEqual([failed?.job_id, "new.part"].toSorted());
  });
});

test("what an earlier version cut is cut again after a start", async () => {
  await using place = await createWorkplace();
  await using first = await openProcess(place);
  const [job] = await upload(first.ingest, "lamp", { "wrench.md": WRENCH });
  await first.close();
  const database = await connectLance(join(place.dataDir, "index"));
  const table = await openPassageTable(database);
  await table?.update(`document_id = '${job?.document_id}'`, { fingerprint: "0.earlier", words: "nothing" });
  database.close();
  await using second = await openProcess(place);
  await until(async () => (await second.documents.outdated()).length === 0, 30_000);
  expect((await found(second, "zircon wrench hall"))[0]).toBe("The zircon wrench hangs in the hall.");
});
