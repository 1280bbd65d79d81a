import { describe, expect, it } from "vitest";
import type { RunRecord } from "@/lib/domain/run-record";
import type { Datasets, NewDatasetItem } from "@/lib/observability/datasets";
import { sampleRecord } from "@/lib/observability/sample-record.fixture";
import { addToDataset, datasetRequestSchema, readDatasetDraft } from "./dataset-item";
import type { DebugPorts } from "./read-run";

const record = sampleRecord();

function portsWith(changes: Partial<RunRecord> = {}) {
  const added: { dataset: string; item: NewDatasetItem }[] = [];
  const made: string[] = [];
  const datasets: Datasets = {
    list: async () => ["leave"],
    create: async (name) => void made.push(name),
    add: async (dataset, item) => {
      added.push({ dataset, item });
      return { url: null };
    },
    read: async () => null,
  };
  const kept = { ...record, ...changes };
  // Only what is read of a run that the archive has.
  const debug = {
    runs: { read: async () => null, isDeleted: async () => false },
    archive: { read: async () => kept, search: async () => ({ items: [], next: null }) },
    clock: { now: () => record.started_at + 86_400_000, monotonic: () => 0 },
  } as unknown as DebugPorts;
  return { ports: { debug, datasets }, added, made };
}

const ask = (expected_output: string, more = {}) =>
  datasetRequestSchema.parse({ dataset: "leave", expected_output, ...more });

describe("a turn as an item of a dataset", () => {
  it("begins with its own question and answer", async () => {
    const { ports } = portsWith();
    expect(await readDatasetDraft(record.request_id, ports)).toMatchObject({
      datasets: ["leave"],
      input: { message: record.message, kb_prefix: record.route_decision?.requested_kb_prefix },
      expected_output: record.answer,
    });
  });

  it("remembers the turns before it and the documents that were cited", async () => {
    const { ports, added } = portsWith();
    await addToDataset(record.request_id, ask("Four weeks."), ports);
    const [generation] = record.generations;
    const memory = (generation?.messages ?? []).filter(({ parts }) => parts[0]?.origin === "memory");
    const cited = record.citations.map(({ passage_id }) => passage_id);
    const document = record.rag_runs[0]?.results.find(
      ({ passage_id }) => passage_id === cited[0],
    )?.document_id;
    expect(added[0]?.item).toMatchObject({
      input: { history: memory.map(({ role, content }) => ({ role, content })) },
      expectedOutput: "Four weeks.",
      metadata: { documents: expect.arrayContaining([document]) },
    });
  });

  it("has one id per dataset, whatever is expected", async () => {
    const { ports, added } = portsWith();
    await addToDataset(record.request_id, ask("Four weeks."), ports);
    await addToDataset(record.request_id, ask("Five weeks."), ports);
    await addToDataset(record.request_id, ask("Five weeks.", { dataset: "other" }), ports);
    const [first, second, third] = added.map(({ item }) => item.id);
    expect(first).toBe(second);
    expect(third).not.toBe(first);
  });

  it("masks what is expected, as everything that is kept", async () => {
    const { ports, added } = portsWith();
    await addToDataset(record.request_id, ask("Write to ada@example.com."), ports);
    expect(added[0]?.item.expectedOutput).toBe("Write to •••.");
  });

  it("names its trace only where Langfuse has one", async () => {
    const visible = portsWith({ trace: { ...record.trace, state: "visible" } });
    await addToDataset(record.request_id, ask("x"), visible.ports);
    expect(visible.added[0]?.item.source?.traceId).toBe(record.request_id.replaceAll("-", ""));
    const left = portsWith({ trace: { ...record.trace, state: "sampled_out" } });
    await addToDataset(record.request_id, ask("x"), left.ports);
    expect(left.added[0]?.item.source).toBeNull();
  });

  it("makes the dataset only when that is asked for", async () => {
    const { ports, made } = portsWith();
    await addToDataset(record.request_id, ask("x"), ports);
    expect(made).toEqual([]);
    await addToDataset(record.request_id, ask("x", { create: true }), ports);
    expect(made).toEqual(["leave"]);
  });

  it("is refused while the answer is being written, and without Langfuse", async () => {
    const { ports } = portsWith({ status: "running" });
    await expect(addToDataset(record.request_id, ask("x"), ports)).rejects.toMatchObject({
      code: "conflict",
    });
    const off = { ...portsWith().ports, datasets: null };
    await expect(readDatasetDraft(record.request_id, off)).rejects.toMatchObject({ code: "unavailable" });
  });
});
