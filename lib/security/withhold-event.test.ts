import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { answerQuestion } from "@/lib/chat/answer-question";
import {
  collect,
  fold,
  passage,
  ranked,
  scriptedRetriever,
  testPorts,
  testQuestion,
} from "@/lib/chat/pipeline.fixture";
import type { RunRecord } from "@/lib/domain/run-record";
import { isWithheld, withholdText } from "@/lib/domain/withheld";
import type { RunEvent } from "@/lib/events/run-event";
import { arbitraryRecord } from "@/lib/observability/arbitrary-record.fixture";
import { toEvents } from "@/lib/run-view/to-events";
import { setRedaction } from "./redaction-slot";
import { toKeptEvent, withholdEvent } from "./withhold-event";

afterEach(() => setRedaction({ patterns: [], content: true }));

const WORDS = "zebra violet umbrella thunder saffron";
const [QUESTION, PASSAGE, HEADING, ANSWER, PROMPT] = WORDS.split(" ");

async function run(): Promise<RunEvent[]> {
  const found = ranked({
    ...passage("p1", `The ${PASSAGE} text.`),
    heading: `${HEADING}`,
    title: `${HEADING}`,
  });
  const retrievers = (["naive_rag_agent", "hybrid_agent", "graph_agent"] as const).map((agent) =>
    scriptedRetriever(agent, async () => found),
  );
  const ports = testPorts({ retrievers });
  const stream = async function* () {
    yield { type: "text" as const, text: `It is ${ANSWER}. [1]` };
    const usage = { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 };
    yield { type: "end" as const, finishReason: "stop" as const, usage, model: "test-model" };
  };
  const question = testQuestion({
    message: `What about ${QUESTION}?`,
    history: [{ role: "user", content: `Before: ${QUESTION}` }],
    overrides: { system_prompt: `Be ${PROMPT}.` },
  });
  const { signal } = new AbortController();
  return collect(answerQuestion(question, { ...ports, model: { ...ports.model, stream } }, signal));
}

const withheld = (events: readonly RunEvent[]) =>
  fold(events.flatMap((event) => (event.type === "token" ? [] : [withholdEvent(event)])));

/** What of a record is a number, a time or a name of ours. */
function outline(record: RunRecord) {
  return {
    spans: record.spans.map(({ name, kind, status, offset_ms, duration_ms }) => [
      name,
      kind,
      status,
      offset_ms,
      duration_ms,
    ]),
    runs: record.rag_runs.map(({ agent_type, retrieval_count, context_length, results }) => [
      agent_type,
      retrieval_count,
      context_length,
      results.map(({ passage_id, rank, relevance }) => [passage_id, rank, relevance]),
    ]),
    context: record.context,
    prompts: record.generations.map(({ messages, usage, cost_usd, model, finish_reason }) => [
      messages.map(({ role, tokens, parts }) => [
        role,
        tokens,
        parts.map(({ origin, tokens }) => [origin, tokens]),
      ]),
      usage,
      cost_usd,
      model,
      finish_reason,
    ]),
    citations: record.citations.map(({ n, passage_id, start, end }) => [n, passage_id, start, end]),
    metrics: record.performance_metrics,
  };
}

describe("a run whose contents are not kept", () => {
  it("has no word of the question, the history, a passage, the prompt or the answer", async () => {
    const events = await run();
    const whole = JSON.stringify(fold(events));
    for (const word of WORDS.split(" ")) expect(whole, `the run really has ${word}`).toContain(word);
    const kept = JSON.stringify(withheld(events));
    for (const word of WORDS.split(" ")) expect(kept).not.toContain(word);
  });

  it("keeps every size, time, count and name", async () => {
    const events = await run();
    expect(outline(withheld(events))).toEqual(outline(fold(events)));
    expect(withheld(events).message).toBe(`•••(${`What about ${QUESTION}?`.length})`);
  });

  it("has only texts that are withheld, ids, or names that the schema knows, whatever the run is", () => {
    const marker = "¤";
    const marked = fc.string({ minLength: 1, maxLength: 20 }).map((text) => marker + text);
    fc.assert(
      fc.property(arbitraryRecord, marked, (record, text) => {
        const full = {
          ...record,
          message: text,
          answer: text,
          spans: record.spans.map((span) => ({
            ...span,
            input: { [text]: text },
            output: [text],
            status_message: text,
          })),
          execution_log: record.execution_log.map((entry) => ({
            ...entry,
            message: text,
            input: text,
            error: text,
          })),
        };
        for (const event of toEvents(full))
          expect(JSON.stringify(withholdEvent(event))).not.toContain(marker);
      }),
      { numRuns: 50 },
    );
  });

  it("is what is kept only where contents are not", async () => {
    const [first] = await run();
    if (first?.type !== "run-start") throw new Error("no start");
    expect(toKeptEvent({ event: first, payloads: [] }).event).toEqual(first);
    setRedaction({ patterns: [], content: false });
    const payload = { span_id: "00000000000000aa", part: "input", value: "long", complete: true } as const;
    expect(toKeptEvent({ event: first, payloads: [payload] })).toMatchObject({
      event: { message: withholdText(first.message) },
      payloads: [],
    });
  });
});

it("a withheld text says its size, and withholding it again changes nothing", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const once = withholdText(text);
      expect(withholdText(once)).toBe(once);
      expect(isWithheld(once)).toBe(text !== "");
    }),
  );
});
