import { afterEach, describe, expect, it } from "vitest";
import { type OtlpReceiver, startOtlpReceiver } from "@/e2e/support/otlp-receiver";
import { toTraceId } from "@/lib/domain/ids";
import { openTestLangfuse } from "./langfuse.fixture";
import { sampleRecord } from "./sample-record.fixture";

let receiver: OtlpReceiver;
afterEach(() => receiver.close());

const record = sampleRecord();
const traceId = toTraceId(record.request_id);
const root = record.spans.find(({ kind }) => kind === "request");

async function startExperiment(version: string, inDataset = true) {
  receiver = await startOtlpReceiver({ version });
  const { datasets, experiments } = openTestLangfuse(receiver);
  await datasets.create("leave");
  const item = { id: "item-a", input: "?", expectedOutput: "Four weeks.", metadata: null, source: null };
  await datasets.add("leave", item);
  const experiment = experiments.open({ name: "try 1", datasetId: inDataset ? "dataset-1" : null });
  const scores = { retrieval_hit: 1, citation_support: null, answer_contains: 0.5 };
  await experiment.record({ itemId: "item-a", expected: "Four weeks.", record, scores });
  return experiment;
}

describe.each(["3.120.0", "4.16.0"])("an experiment in Langfuse %s", (version) => {
  it("is a trace apart from the chat's, whose spans name experiment and item", async () => {
    await startExperiment(version);
    const trace = receiver.trace(traceId);
    expect(trace).toMatchObject({ environment: "sdk-experiment" });
    const spans = receiver.spans().filter((span) => span.traceId === traceId);
    expect(spans.length).toBe(record.spans.length);
    for (const { attributes } of spans) {
      expect(attributes).toMatchObject({
        "langfuse.experiment.name": "try 1",
        "langfuse.experiment.item.id": "item-a",
        "langfuse.experiment.dataset.id": "dataset-1",
        "langfuse.experiment.item.root_observation_id": root?.span_id,
      });
    }
    expect(new Set(spans.map(({ attributes }) => attributes["langfuse.experiment.id"])).size).toBe(1);
    const expected = spans.filter(
      ({ attributes }) => "langfuse.experiment.item.expected_output" in attributes,
    );
    expect(expected.map(({ spanId }) => spanId)).toEqual([root?.span_id]);
  });

  it("has a score for what could be measured, and none for the rest", async () => {
    await startExperiment(version);
    const scores = [...receiver.scores().values()].map(({ name, value, dataType }) => [
      name,
      value,
      dataType,
    ]);
    expect(scores).toEqual([
      ["retrieval_hit", 1, "NUMERIC"],
      ["answer_contains", 0.5, "NUMERIC"],
    ]);
  });
});

describe("the run of a dataset", () => {
  it("is linked on a server 3, which gives it the id that the spans name", async () => {
    const experiment = await startExperiment("3.120.0");
    expect(receiver.datasets().runItems).toEqual([
      { runName: "try 1", datasetItemId: "item-a", traceId, observationId: root?.span_id },
    ]);
    const [span] = receiver.spans().filter((one) => one.traceId === traceId);
    expect(span?.attributes["langfuse.experiment.id"]).toBe("run-of-try 1");
    const page = "https://langfuse.example/project/project-1/datasets/dataset-1/runs/run-of-try%201";
    expect(await experiment.url()).toBe(page);
  });

  it("is made of the spans alone on a server 4, where that route is gone", async () => {
    const experiment = await startExperiment("4.16.0");
    expect(receiver.requests().some((one) => one.includes("dataset-run-items"))).toBe(false);
    expect(await experiment.url()).toBe("https://langfuse.example/project/project-1/datasets/dataset-1");
  });

  it("of a file belongs to no dataset", async () => {
    const experiment = await startExperiment("3.120.0", false);
    expect(receiver.datasets().runItems).toEqual([]);
    expect(await experiment.url()).toBeNull();
  });
});
