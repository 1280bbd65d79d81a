import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Clock } from "@/lib/domain/clock";
import { AppError } from "@/lib/errors";
import { attachmentBase } from "@/lib/retrieval/attachment-base";
import { createWorkplace, type Workplace } from "@/lib/retrieval/testing/two-handbooks";
import { until } from "@/lib/store/until";
import { createAttachments } from "./attachments";
import { found, openProcess } from "./ingest.fixture";

const SESSION = "00000000-0000-7000-8000-000000000abc";
const MINE = { sessionId: SESSION, browserId: "mine" };
const BASE = attachmentBase(SESSION, "mine");

describe("files of a conversation", () => {
  let place: Workplace;
  let process: Awaited<ReturnType<typeof openProcess>>;
  let dataDir: string;
  let now = Date.now();
  const clock: Clock = { now: () => now, monotonic: () => now };
  let owner: string | null = "mine";
  let isStoreAway = false;

  beforeAll(async () => {
    place = await createWorkplace();
    dataDir = await mkdtemp(join(tmpdir(), "sidetrace-attachments-"));
    process = await openProcess({ dataDir, docsDir: place.docsDir });
  });
  afterAll(async () => {
    await process.close();
    await rm(dataDir, { recursive: true });
    await place[Symbol.asyncDispose]();
  });

  const open = () =>
    createAttachments({
      ingest: process.ingest,
      documents: process.documents,
      index: process.index,
      conversations: {
        async conversation(session_id) {
          if (isStoreAway) throw new AppError("unavailable", "Try again shortly.");
          if (owner === null) return null;
          const counts = { created_at: 0, updated_at: 0, turns: 0 };
          return {
            ...counts,
            session_id,
            owner,
            title: "",
            pinned: false,
            private: false,
            share: null,
            messages: [],
          };
        },
      },
      clock,
      unaskedMs: 86_400_000,
    });
  const add = async (files: Record<string, string>, where = MINE) => {
    const attachments = open();
    await attachments.add(where, async (take) => {
      for (const [name, text] of Object.entries(files))
        await take({ name, content: Readable.from([Buffer.from(text)]) });
    });
    const isOpen = ({ state }: { state: string }) => state === "queued" || state === "running";
    await until(async () => !(await attachments.list(where)).some(isOpen), 60_000);
    return attachments.list(where);
  };

  it("are found by their conversation alone, and are in no list", async () => {
    const items = await add({ "notes.md": "# Notes\n\nThe zeppelin lands at noon." });
    expect(items).toMatchObject([{ name: "notes.md", state: "done", passages: 1 }]);
    expect((await found(process, "zeppelin", BASE)).join()).toContain("lands at noon");
    expect((await found(process, "zeppelin", "lamp")).join()).not.toContain("zeppelin");
    const bases = (await process.index.knowledgeBases()).map(({ prefix }) => prefix);
    expect(bases.join()).not.toContain("@");
    expect(await process.index.knowledgeBase(BASE)).toBeNull();
    expect(await open().list({ sessionId: SESSION, browserId: "other" })).toEqual([]);
    expect((await process.ingest.jobs({ limit: 100 })).map(({ name }) => name)).not.toContain("notes.md");
  });

  it("can be read by their own browser only", async () => {
    const [{ document_id } = { document_id: "" }] = await open().list(MINE);
    const mine = await process.index.document(document_id, "mine");
    const passageId = mine?.passages[0]?.passage_id ?? "";
    expect(await process.index.passage(passageId, "mine")).toMatchObject({ passage_id: passageId });
    for (const reader of ["other", null, undefined]) {
      expect(await process.index.document(document_id, reader)).toBeNull();
      expect(await process.index.passage(passageId, reader)).toBeNull();
    }
  });

  it("replace the one of their name, say why they failed, and go when they are removed", async () => {
    const items = await add({ "notes.md": "Now about balloons.", "broken.pdf": "no pdf" });
    expect(items).toMatchObject([
      { name: "broken.pdf", state: "failed", error_code: "mislabelled" },
      { name: "notes.md", state: "done" },
    ]);
    expect((await found(process, "zeppelin balloons", BASE)).join()).not.toContain("zeppelin");
    for (const { document_id } of items) await open().remove(MINE, document_id);
    expect(await open().list(MINE)).toEqual([]);
    expect(await found(process, "balloons", BASE)).toEqual([]);
    await expect(open().remove(MINE, "unknown")).rejects.toMatchObject({ code: "not_found" });
  });

  it("are ten at most, and one too many keeps none of its request", async () => {
    const many = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`file-${i}.txt`, `text ${i}`]));
    await expect(add(many)).rejects.toMatchObject({ code: "conflict" });
    expect(await open().list(MINE)).toEqual([]);
  });

  it("go with their conversation: not before a day, and not while nobody knows whether it is there", async () => {
    await add({ "notes.md": "Balloons again." });
    const names = async () => (await open().list(MINE)).map(({ name }) => name);
    owner = null;
    await open().sweep();
    expect(await names()).toEqual(["notes.md"]);
    now += 2 * 86_400_000;
    isStoreAway = true;
    await open().sweep();
    expect(await names()).toEqual(["notes.md"]);
    isStoreAway = false;
    owner = "mine";
    await open().sweep();
    expect(await names()).toEqual(["notes.md"]);
    owner = null;
    await open().sweep();
    expect(await names()).toEqual([]);
  });
});
