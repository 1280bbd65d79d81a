import { afterEach, describe, expect, it } from "vitest";
import { type OtlpReceiver, startOtlpReceiver } from "@/e2e/support/otlp-receiver";
import { openTestLangfuse } from "./langfuse.fixture";

let receiver: OtlpReceiver;
afterEach(() => receiver.close());

async function startDatasets() {
  receiver = await startOtlpReceiver();
  return openTestLangfuse(receiver).datasets;
}

const item = (id: string, expectedOutput = "Four weeks.") => ({
  id,
  input: { message: "How much leave?" },
  expectedOutput,
  metadata: {},
  source: { traceId: "0192f0c1a2b37c4d8e5f60718293a4b5", observationId: "8979d7d68676a7f0" },
});

describe("datasets", () => {
  it("are listed by name over all pages", async () => {
    const datasets = await startDatasets();
    for (let n = 0; n < 101; n++) await datasets.create(`set ${String(100 - n).padStart(3, "0")}`);
    const names = await datasets.list();
    expect(names).toHaveLength(101);
    expect([names[0], names.at(-1)]).toEqual(["set 000", "set 100"]);
  });

  it("take an item with its trace, and give it back with the page's address", async () => {
    const datasets = await startDatasets();
    await datasets.create("team/年假");
    const { url } = await datasets.add("team/年假", item("a"));
    expect(url).toBe("https://langfuse.example/project/project-1/datasets/dataset-1/items/a");
    expect([...receiver.datasets().items.values()]).toEqual([
      expect.objectContaining({
        sourceTraceId: "0192f0c1a2b37c4d8e5f60718293a4b5",
        sourceObservationId: "8979d7d68676a7f0",
      }),
    ]);
    const { id, input, expectedOutput, metadata } = item("a");
    const read = await datasets.read("team/年假");
    expect(read).toEqual({
      id: "dataset-1",
      name: "team/年假",
      items: [{ id, input, expectedOutput, metadata }],
    });
  });

  it("hold an item once, as it was added last", async () => {
    const datasets = await startDatasets();
    await datasets.create("one");
    await datasets.add("one", item("a"));
    await datasets.add("one", item("a", "Five weeks."));
    expect((await datasets.read("one"))?.items.map(({ expectedOutput }) => expectedOutput)).toEqual([
      "Five weeks.",
    ]);
  });

  it("that do not exist are told apart from those that cannot be asked", async () => {
    const datasets = await startDatasets();
    expect(await datasets.read("none")).toBeNull();
    await expect(datasets.add("none", item("a"))).rejects.toMatchObject({ code: "not_found" });
    receiver.setFault({ kind: "status", status: 503 }, "all");
    await expect(datasets.list()).rejects.toMatchObject({ code: "upstream_failed" });
    await expect(datasets.create("x")).rejects.toMatchObject({ code: "upstream_failed" });
  });
});
