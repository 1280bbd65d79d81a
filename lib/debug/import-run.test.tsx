import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawTabs } from "@/components/debug/draw-tabs.fixture";
import { type RunRecord, runRecordSchema } from "@/lib/domain/run-record";
import { AppError } from "@/lib/errors";
import { parseWith } from "@/lib/http/read-json";
import { arbitraryRecord } from "@/lib/observability/arbitrary-record.fixture";
import { buildBugReport } from "@/lib/run-view/bug-report";
import { emptyRecord, reduceEvents } from "@/lib/run-view/reduce-run";
import { sampleRecord } from "@/lib/run-view/run-record.fixture";
import { createMemoryRunStore } from "@/lib/store/memory-run-store";
import { importRun, importSchema } from "./import-run";

const clock = { now: () => 77, monotonic: () => 0 };
const ids = { uuid: () => "0190b7a2-0000-7000-8000-000000000000", spanId: () => "" };

/** Brings a file in and reads it again. Throws what the route would answer. */
async function bringIn(file: unknown) {
  const runs = createMemoryRunStore({ clock, ttlSeconds: 60, maxRuns: 9, maxBytes: 1e8 });
  const id = await importRun(parseWith(importSchema, file), { runs, clock, ids });
  const slice = await runs.read(id, 0);
  if (!slice) throw new Error("not stored");
  const record = { ...reduceEvents(emptyRecord(id), slice.events), feedback: slice.facts.feedback };
  return { id, slice, record, list: await runs.list({ sort: "time", limit: 9 }) };
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe("importRun", () => {
  it("gives back what was exported, under an id of its own and without its links", async () => {
    const feedback = { value: "down" as const, reasons: ["wrong" as const], comment: "mail a@b.org", at: 1 };
    const exported = { ...sampleRecord(), feedback };
    const { id, record, slice } = await bringIn(plain(exported));
    expect(id).toMatch(/^import-/);
    const masked = { ...feedback, comment: "mail •••" };
    expect(record).toEqual({ ...exported, request_id: id, feedback: masked, trace: record.trace });
    expect(slice.facts.trace?.state).toBe("disabled");
  });

  it("stands in the list where it came in, with the figures it was exported with", async () => {
    const { id, list } = await bringIn(plain(sampleRecord()));
    const { performance_metrics: metrics, message } = sampleRecord();
    expect(list.items.map(({ summary }) => summary)).toMatchObject([
      {
        request_id: id,
        started_at: 77,
        message,
        status: "success",
        agents: ["naive_rag_agent", "hybrid_agent", "graph_agent"],
        total_duration_ms: metrics.total_duration_ms,
        total_tokens: metrics.usage?.total_tokens,
        cost_usd: metrics.cost_usd,
      },
    ]);
  });

  it("masks what another installation let through", async () => {
    const secret = "sk-abcdefgh12345678";
    const { slice, list } = await bringIn({ ...sampleRecord(), message: secret, answer: `It is ${secret}.` });
    expect(JSON.stringify([slice, list])).not.toContain(secret);
  });

  it.each([
    [{ v: 2 }, "v: this file was made by a later version of Sidetrace"],
    [{ v: "1" }, /^v: /],
    [{ status: "running" }, /^status: the run had not ended/],
    [{ spans: nested(300) }, /nested too deeply/],
    [
      { execution_log: Array.from({ length: 10_001 }, () => sampleRecord().execution_log[0]) },
      "execution_log: too many lines",
    ],
  ])("refuses %j in a sentence", async (changes, message) => {
    await expect(bringIn(plain({ ...sampleRecord(), ...changes }))).rejects.toThrow(message);
  });

  it.each([null, 1, "x", [], {}, { v: 1 }, nested(100_000)])("refuses what is no run: %#", async (file) => {
    await expect(bringIn(file)).rejects.toMatchObject({ code: "invalid_request" });
  });

  it("takes keys that mean something to JavaScript for what they are", async () => {
    const hostile = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": "x", "toString": null}');
    const sample = sampleRecord();
    const spans = sample.spans.map((span) => ({ ...span, input: hostile, attributes: hostile }));
    const { record } = await bringIn({ ...sample, spans });
    expect(Object.prototype).not.toHaveProperty("polluted");
    expect(() => drawTabs(record, "en")).not.toThrow();
  });
});

/** So many lists in one another. */
function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < depth; i++) value = [value];
  return value;
}

/** The value at a path replaced, or taken away. */
function change(value: unknown, path: readonly number[], by: unknown): unknown {
  const [at, ...rest] = path;
  if (at === undefined || typeof value !== "object" || value === null) return by;
  const keys = Object.keys(value);
  const key = keys[at % Math.max(1, keys.length)];
  if (key === undefined) return by;
  if (Array.isArray(value))
    return value.map((entry, i) => (String(i) === key ? change(entry, rest, by) : entry));
  const entries = Object.entries(value).map(([name, entry]) => [
    name,
    name === key ? change(entry, rest, by) : entry,
  ]);
  return Object.fromEntries(
    by === undefined && rest.length === 0 ? entries.filter(([name]) => name !== key) : entries,
  );
}

const anything = fc.oneof(
  fc.constantFrom(
    null,
    undefined,
    0,
    -1,
    1e308,
    -1e308,
    1e-300,
    "",
    "<script>alert(1)</script>",
    [],
    {},
    "00000000000000aa",
  ),
  fc.jsonValue({ maxDepth: 2 }),
);
const mutations = fc.array(fc.tuple(fc.array(fc.nat(60), { minLength: 1, maxLength: 5 }), anything), {
  minLength: 1,
  maxLength: 3,
});

async function expectTakenOrRefused(file: unknown): Promise<"taken" | "refused"> {
  let record: RunRecord;
  try {
    ({ record } = await bringIn(file));
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: "invalid_request" });
    return "refused";
  }
  expect(runRecordSchema.parse(plain(record))).toEqual(plain(record));
  for (const html of drawTabs(record, "en")) expect(html).not.toContain("<script");
  expect(buildBugReport(record, "1")).toContain("## Errors");
  return "taken";
}

describe("a file that was tampered with", () => {
  it("is either refused in a sentence or can be shown in every tab", async () => {
    const seen = new Set<string>();
    const sample = plain(sampleRecord());
    const cases = fc.asyncProperty(mutations, async (changes) => {
      const file = changes.reduce((value, [path, by]) => change(value, path, by), sample);
      seen.add(await expectTakenOrRefused(plain(file ?? null)));
    });
    const at = (key: keyof RunRecord) => Object.keys(sampleRecord()).indexOf(key);
    const harmless: [[number[], unknown][]] = [[[[at("message")], ""]]];
    const harmful: [[number[], unknown][]] = [[[[at("status")], null]]];
    await fc.assert(cases, { numRuns: 60, examples: [harmless, harmful] });
    expect([...seen].sort()).toEqual(["refused", "taken"]);
  }, 60_000);

  it("may be any record at all", async () => {
    const cases = fc.asyncProperty(arbitraryRecord, async (record) => {
      const status = record.status === "running" ? ("aborted" as const) : record.status;
      expect(await expectTakenOrRefused(plain({ ...record, status }))).toBe("taken");
    });
    await fc.assert(cases, { numRuns: 40 });
  }, 60_000);
});
