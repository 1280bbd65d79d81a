import { describe, expect, it } from "vitest";
import { createStamper } from "@/lib/events/stamp";
import { emptyRecord, reduceEvents } from "@/lib/run-view/reduce-run";
import { toEvents } from "@/lib/run-view/to-events";
import { answerQuestion } from "./answer-question";
import { collect, fold, scriptedModel, testPorts, testQuestion } from "./pipeline.fixture";

const failing = scriptedModel(async function* () {
  yield { type: "text", text: "Half" };
  throw new Error("boom");
});

describe("a record as events", () => {
  it.each([
    ["an answer", testPorts(), testQuestion()],
    ["a failure", testPorts({ model: failing }), testQuestion()],
    ["no retrieval", testPorts(), testQuestion({ kb_prefix: "general" })],
  ])("folds into the same record again: %s", async (_name, ports, question) => {
    const record = fold(await collect(answerQuestion(question, ports, new AbortController().signal)));
    const stamp = createStamper("r", 0, () => 0);
    expect(reduceEvents(emptyRecord("r"), toEvents(record).map(stamp))).toEqual(record);
  });

  it("keeps a run that is cut off in the middle as running", async () => {
    const events = await collect(answerQuestion(testQuestion(), testPorts(), new AbortController().signal));
    for (let length = 1; length < events.length; length += 1) {
      const record = fold(events.slice(0, length));
      const stamp = createStamper("r", 0, () => 0);
      expect(reduceEvents(emptyRecord("r"), toEvents(record).map(stamp))).toEqual(record);
    }
  });
});
