import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { toTraceId } from "@/lib/domain/ids";
import type { RunRecord } from "@/lib/domain/run-record";
import { arbitraryRecord } from "./arbitrary-record.fixture";
import { openTestLangfuse } from "./langfuse.fixture";
import { sampleRecord } from "./sample-record.fixture";
import { eventually, exportRecord, type SinkSetup, startSinkSetup } from "./trace-sink.fixture";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const V3 = "3.120.0";
const V4 = "4.16.0";

async function startArchive(version: string) {
  const setup = await startSinkSetup({}, { version });
  closing.push(setup.close);
  let monotonic = 0;
  const clock = { now: () => Date.parse("2026-11-26T10:00:00Z"), monotonic: () => monotonic };
  const { archive } = openTestLangfuse(setup.receiver, { clock });
  const pass = (ms: number) => {
    monotonic += ms;
  };
  return { ...setup, archive, pass };
}

/** Hands a run to the server and waits until it is there. */
async function keep(setup: SinkSetup, record: RunRecord): Promise<void> {
  const links = exportRecord(setup.sink, record);
  await eventually(() => expect(links.at(-1)?.state).toBe("exported"));
}

const numbered = (n: number, changes: Partial<RunRecord> = {}) =>
  sampleRecord({
    request_id: `01900000-0000-7000-8000-${String(n).padStart(12, "0")}`,
    started_at: Date.parse("2026-11-26T08:00:00Z") + n * 1000,
    ...changes,
  });

const V3_AND_V4 = [V3, V4];

describe.each(V3_AND_V4)("the archive on a server %s", (version) => {
  it("gives a run back as it was, log lines aside, with its address", async () => {
    const setup = await startArchive(version);
    const record = sampleRecord();
    await keep(setup, record);
    const url = `https://langfuse.example/project/project-1/traces/${toTraceId(record.request_id)}`;
    const trace = { state: "visible", url, reason: null, observation_base: `${url}?observation=` };
    expect(await setup.archive.read(record.request_id)).toEqual({ ...record, execution_log: [], trace });
  });

  it("keeps a text that looks like JSON a text, and a number a number", async () => {
    const setup = await startArchive(version);
    const sample = sampleRecord();
    const outputs = ["42", 42, "null", "42 words", { a: ["1"] }];
    const inner = sample.spans.filter(({ name }) => name === "bm25_search").map(({ span_id }) => span_id);
    const spans = sample.spans.map((span) => {
      const at = inner.indexOf(span.span_id);
      return at < 0 ? span : { ...span, output: outputs[at % outputs.length] ?? null };
    });
    await keep(setup, { ...sample, spans });
    expect((await setup.archive.read(sample.request_id))?.spans).toEqual(spans);
  });

  it("has the vote that came after the trace, with its reasons and comment", async () => {
    const setup = await startArchive(version);
    const record = sampleRecord({ feedback: null });
    await keep(setup, record);
    const vote = { value: "down", reasons: ["wrong", "source"], comment: "older: page", at: 1 } as const;
    setup.sink.score(record.request_id, { ...vote, reasons: [...vote.reasons] });
    await eventually(() => expect(setup.receiver.scores().size).toBe(1));
    const read = await setup.archive.read(record.request_id);
    expect(read?.feedback).toEqual({ ...vote, at: expect.any(Number) });
  });

  it("has nothing of what Langfuse has not, and asks again after a moment", async () => {
    const setup = await startArchive(version);
    const record = sampleRecord();
    expect(await setup.archive.read(record.request_id)).toBeNull();
    await keep(setup, record);
    expect(await setup.archive.read(record.request_id)).toBeNull();
    setup.pass(5000);
    expect(await setup.archive.read(record.request_id)).not.toBeNull();
  });

  it("asks once for a page that asks many times", async () => {
    const setup = await startArchive(version);
    const record = sampleRecord();
    await keep(setup, record);
    await setup.archive.read(record.request_id);
    const before = setup.receiver.requests().length;
    await Promise.all([1, 2, 3].map(() => setup.archive.read(record.request_id)));
    expect(setup.receiver.requests()).toHaveLength(before);
  });

  it.each([
    ["refuses the keys", { kind: "status", status: 401 }, "Langfuse refused the keys (401)."],
    ["fails", { kind: "status", status: 500 }, "Langfuse failed on its side (500)."],
    [
      "is somebody else",
      { kind: "garbage" },
      "Langfuse answered something that is not Langfuse's; check the address.",
    ],
  ] as const)("says so when Langfuse %s, and does not remember it", async (_what, fault, message) => {
    const setup = await startArchive(version);
    const record = sampleRecord();
    await keep(setup, record);
    await setup.archive.search({ limit: 1 });
    setup.receiver.setFault(fault, "all");
    const failing = setup.archive.read(record.request_id);
    await expect(failing).rejects.toMatchObject({ code: "upstream_failed", message });
    setup.receiver.setFault(null);
    expect(await setup.archive.read(record.request_id)).not.toBeNull();
  });

  it("lists all runs once, the newest first, page after page", async () => {
    const setup = await startArchive(version);
    for (const n of [1, 2, 3, 4, 5]) await keep(setup, numbered(n));
    const found: string[] = [];
    let before: string | undefined;
    do {
      const page = await setup.archive.search({ limit: 2, ...(before !== undefined && { before }) });
      found.push(...page.items.map(({ summary }) => summary.request_id));
      before = page.next ?? undefined;
    } while (before !== undefined);
    expect(found).toEqual([5, 4, 3, 2, 1].map((n) => numbered(n).request_id));
  });

  it("looks through several pages for what is asked", async () => {
    const setup = await startArchive(version);
    await keep(setup, numbered(1, { message: "the needle" }));
    for (const n of [2, 3, 4, 5]) await keep(setup, numbered(n));
    const page = await setup.archive.search({ limit: 1, q: "NEEDLE" });
    expect(page.items.map(({ summary }) => summary.message)).toEqual(["the needle"]);
    expect(page.next).toBeNull();
  });

  it("refuses a cursor that it has not given out", async () => {
    const { archive } = await startArchive(version);
    const page = archive.search({ limit: 1, before: "bnVsbA" });
    await expect(page).rejects.toMatchObject({ code: "invalid_request" });
  });
});

it("any run comes back equal from a server 4, log lines and link aside", async () => {
  const setup = await startArchive(V4);
  const cases = fc.asyncProperty(arbitraryRecord, fc.uuid({ version: 7 }), async (any, request_id) => {
    const record = { ...any, request_id };
    await keep(setup, record);
    const read = await setup.archive.read(request_id);
    expect(read && { ...read, trace: record.trace }).toEqual({ ...record, execution_log: [] });
  });
  await fc.assert(cases, { numRuns: 25 });
}, 60_000);
