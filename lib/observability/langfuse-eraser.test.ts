import { afterEach, describe, expect, it } from "vitest";
import { toTraceId } from "@/lib/domain/ids";
import type { RunRecord } from "@/lib/domain/run-record";
import { openTestLangfuse } from "./langfuse.fixture";
import { sampleRecord } from "./sample-record.fixture";
import { eventually, exportRecord, startSinkSetup } from "./trace-sink.fixture";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const numbered = (n: number, changes: Partial<RunRecord> = {}) =>
  sampleRecord({ request_id: `01900000-0000-7000-8000-${String(n).padStart(12, "0")}`, ...changes });
const SESSION = "01900000-0000-7000-8000-00000000000a";
const DOCUMENT = "d00000000000000000000";
const NOBODY = { traceIds: [], sessionIds: [], userId: null, documentId: null };

async function open(version: string) {
  const setup = await startSinkSetup({}, { version });
  closing.push(setup.close);
  const { eraser, datasets } = openTestLangfuse(setup.receiver);
  const keep = async (record: RunRecord) => {
    const links = exportRecord(setup.sink, record);
    await eventually(() => expect(links.at(-1)?.state).toBe("exported"));
    return toTraceId(record.request_id);
  };
  return { ...setup, eraser, datasets, keep };
}

describe.each(["3.120.0", "4.16.0"])("deleting from a server %s", (version) => {
  it("finds traces by session, user, document and id, each once", async () => {
    const { eraser, keep } = await open(version);
    const citing = numbered(2);
    const rag_runs = citing.rag_runs.map((run) => ({
      ...run,
      results: run.results.map((result) => ({ ...result, document_id: DOCUMENT })),
    }));
    const own = await keep(numbered(1, { session_id: SESSION }));
    const cites = await keep({ ...citing, rag_runs });
    const other = await keep(numbered(3));
    expect(await eraser.traces({ ...NOBODY, sessionIds: [SESSION], traceIds: [own] })).toEqual([own]);
    expect(await eraser.traces({ ...NOBODY, documentId: DOCUMENT })).toEqual([cites]);
    expect(await eraser.traces({ ...NOBODY, traceIds: [other, "0".repeat(32)] })).toEqual([other]);
    const all = await eraser.traces({ ...NOBODY, userId: "browser-hash" });
    expect(all.sort()).toEqual([own, cites, other].sort());
    expect(await eraser.traces({ ...NOBODY, userId: "somebody-else" })).toEqual([]);
  });

  it("removes traces, scores and items, those alone, and twice is once", async () => {
    const { eraser, datasets, sink, receiver, keep } = await open(version);
    const [one, two] = [await keep(numbered(1)), await keep(numbered(2))];
    for (const n of [1, 2]) sink.scoreSupport(numbered(n).request_id, 0.5);
    await eventually(() => expect(receiver.scores().size).toBe(2));
    await datasets.create("d");
    const item = { input: "", expectedOutput: "", metadata: {} };
    await datasets.add("d", { ...item, id: `${one}-set`, source: null });
    await datasets.add("d", { ...item, id: "by-source", source: { traceId: one, observationId: null } });
    await datasets.add("d", { ...item, id: `${two}-set`, source: { traceId: two, observationId: null } });

    const scores = await eraser.scores([one]);
    const items = await eraser.datasetItems([one]);
    expect(scores).toHaveLength(1);
    expect(items.sort()).toEqual([`${one}-set`, "by-source"].sort());
    for (let turn = 0; turn < 2; turn += 1) {
      await eraser.removeScores(scores);
      await eraser.removeDatasetItems(items);
      await eraser.removeTraces([one]);
    }
    expect([...receiver.scores().values()].map(({ traceId }) => traceId)).toEqual([two]);
    expect([...receiver.datasets().items.keys()]).toEqual([`${two}-set`]);
    expect(receiver.traces().map(({ id }) => id)).toEqual([two]);
  });

  it("finds scores beyond a page", async () => {
    const { eraser, sink, receiver } = await open(version);
    const ids = Array.from({ length: 60 }, (_, n) => numbered(n).request_id);
    for (const id of ids) {
      sink.scoreSupport(id, 0.5);
      sink.score(id, { value: "up", reasons: [], comment: null, at: 1 });
    }
    await eventually(() => expect(receiver.scores().size).toBe(120));
    expect(await eraser.scores(ids.map(toTraceId))).toHaveLength(120);
  });

  it("says so when it cannot be asked", async () => {
    const { eraser, receiver } = await open(version);
    receiver.setFault({ kind: "status", status: 500 }, "all");
    await expect(eraser.traces({ ...NOBODY, sessionIds: [SESSION] })).rejects.toMatchObject({
      code: "upstream_failed",
    });
    await expect(eraser.removeTraces(["a"])).rejects.toMatchObject({ code: "upstream_failed" });
  });
});
