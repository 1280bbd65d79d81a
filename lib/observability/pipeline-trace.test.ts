import { expect, it } from "vitest";
import { answerQuestion } from "@/lib/chat/answer-question";
import { collect, fold, testPorts, testQuestion } from "@/lib/chat/pipeline.fixture";
import { fromSpans } from "./from-spans";
import { sampleRecord } from "./sample-record.fixture";
import { toSpans } from "./to-spans";

it("a run of the real pipeline comes back equal, and nothing in its trace is told twice", async () => {
  const { signal } = new AbortController();
  const events = await collect(answerQuestion(testQuestion(), testPorts(), signal));
  const record = { ...fold(events), request_id: sampleRecord().request_id };
  const trace = toSpans(record, null);
  expect(fromSpans(trace, record.trace)).toEqual({ ...record, execution_log: [] });
  const ownValues = trace.observations.flatMap(({ metadata }) => {
    const { input, output } = JSON.parse(metadata.span ?? "{}");
    return [input, output].filter((own) => own !== undefined);
  });
  expect(ownValues.length).toBeGreaterThan(5);
  for (const own of ownValues) expect("echo" in own || own.value === null).toBe(true);
});
