import { describe, expect, it } from "vitest";
import { testPorts } from "@/lib/chat/pipeline.fixture";
import { answerContains, evaluate } from "./evaluators";
import { fromDatasetItem, parseExperimentFile } from "./experiment-item";
import { formatExperiment, missedThresholds, parseThreshold, reportExperiment } from "./experiment-report";
import { type ItemResult, runExperiment } from "./run-experiment";

const line = (...values: object[]) => values.map((value) => JSON.stringify(value)).join("\n");

async function run(items: ReturnType<typeof parseExperimentFile>, concurrency = 1) {
  const seen: string[] = [];
  const results = await runExperiment(items, {
    ports: testPorts(),
    sessionId: "s",
    concurrency,
    signal: new AbortController().signal,
    onResult: async ({ item }) => void seen.push(item.id),
  });
  return { results, seen };
}

describe("items", () => {
  it("of a file have defaults, and their line's number for an id", () => {
    const [first, second] = parseExperimentFile(
      `${line({ message: "a?" })}\n\n${line({ id: 7, message: "b?", kb_prefix: "docs", expected: ["x"], documents: ["d"] })}`,
    );
    expect(first).toEqual({
      ...{ id: "1", message: "a?", kb_prefix: "auto", agent_type: "auto" },
      ...{ history: [], expected: null, documents: [] },
    });
    expect(second).toMatchObject({ id: "7", kb_prefix: "docs", expected: ["x"], documents: ["d"] });
  });

  it.each([
    ["nothing", /^line 2: /],
    ['{"message": ""}', /^line 2: message: /],
    ['{"message": "x", "agent_type": "none"}', /^line 2: agent_type: /],
  ])("of a file that cannot be read name the line: %s", (broken, message) => {
    expect(() => parseExperimentFile(`{"message":"a?"}\n${broken}`)).toThrow(message);
  });

  it("of a dataset are questions as they are, or what a turn was added as", () => {
    const item = (input: unknown, expectedOutput: unknown, metadata: unknown = null) =>
      fromDatasetItem({ id: "i", input, expectedOutput, metadata });
    expect(item("a?", null)).toMatchObject({ message: "a?", expected: null, documents: [] });
    const turn = { message: "b?", kb_prefix: "docs", agent_type: "graph_agent", history: [] };
    expect(item(turn, "yes", { documents: ["d"] })).toMatchObject({
      ...turn,
      expected: "yes",
      documents: ["d"],
    });
    expect(item("c?", { answer: ["x"], documents: ["e"] })).toMatchObject({
      expected: ["x"],
      documents: ["e"],
    });
    expect(() => item({ question: "?" }, null)).toThrow(/^item i: message: /);
  });
});

describe("an experiment", () => {
  it("answers each item through the pipeline and measures it", async () => {
    const items = parseExperimentFile(
      line(
        { message: "How do keys rotate?", expected: ["in place"], documents: ["p1"] },
        { message: "Again?" },
      ),
    );
    const { results, seen } = await run(items);
    expect(seen).toEqual(["1", "2"]);
    expect(results[0]?.record).toMatchObject({ status: "success", message: "How do keys rotate?" });
    expect(results[0]?.record.rag_runs.length).toBe(3);
    expect(results[0]?.scores).toMatchObject({ answer_contains: 1, citation_support: expect.any(Number) });
    expect(results[1]?.scores).toMatchObject({ retrieval_hit: null, answer_contains: null });
  });

  it("gives results in the items' order, however many are answered at once", async () => {
    const items = parseExperimentFile(line(...Array.from({ length: 7 }, (_, n) => ({ message: `q${n}?` }))));
    const { results } = await run(items, 3);
    expect(results.map(({ item }) => item.id)).toEqual(["1", "2", "3", "4", "5", "6", "7"]);
  });
});

describe("scores", () => {
  it("of retrieval go by id or title, and need an expectation", async () => {
    const { results } = await run(parseExperimentFile(line({ message: "How do keys rotate?" })));
    const [result] = results as [ItemResult];
    const found = result.record.rag_runs[0]?.results[0];
    const hit = (documents: string[]) => evaluate(result.record, { ...result.item, documents }).retrieval_hit;
    expect([hit([found?.document_id ?? ""]), hit([found?.title ?? ""]), hit(["other"]), hit([])]).toEqual([
      1,
      1,
      0,
      null,
    ]);
  });

  it("of an answer are the share of phrases, or of an expected answer's words", () => {
    expect(answerContains("Keys  ROTATE in place.", ["rotate in", "never"])).toBe(0.5);
    expect(answerContains("Old keys work for a day.", "Keys rotate")).toBe(0.5);
    expect(answerContains("年假为四周。", ["四周"])).toBe(1);
    expect(answerContains("anything", [])).toBeNull();
  });
});

describe("a report", () => {
  const about = { name: "try", dataset: "leave", url: null };

  it("has a line for each item and means over those that could be measured", async () => {
    const { results } = await run(
      parseExperimentFile(
        line(
          { message: "a?", expected: ["in place"] },
          { message: "b?", expected: ["no"] },
          { message: "c?" },
        ),
      ),
    );
    const report = reportExperiment(about, results);
    expect(report.means).toMatchObject({ answer_contains: 0.5, retrieval_hit: null });
    const text = formatExperiment(report);
    expect(text.match(/^\| \d /gm)).toHaveLength(3);
    expect(text).toContain("**0.50**");
  });

  it("misses a threshold also where nothing could be measured", () => {
    const means = { retrieval_hit: null, citation_support: 0.7, answer_contains: 0.9 };
    const thresholds = new Map(
      ["retrieval_hit=0.1", "citation_support=0.8", "answer_contains=0.9"].map(parseThreshold),
    );
    expect(missedThresholds(means, thresholds)).toEqual([
      "retrieval_hit is –, below 0.1",
      "citation_support is 0.70, below 0.8",
    ]);
    for (const text of ["other=1", "answer_contains", "answer_contains=", "answer_contains=2"]) {
      expect(() => parseThreshold(text)).toThrow(/--min/);
    }
  });
});
