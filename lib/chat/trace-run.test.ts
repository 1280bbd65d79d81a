import { describe, expect, it } from "vitest";
import type { RunRecord } from "@/lib/domain/run-record";
import type { RecordedEvent } from "@/lib/events/run-event";
import { createLateTurns } from "@/lib/late-turns";
import { createMemoryDebugStore } from "@/lib/store/debug-store";
import { createFakeClock } from "@/lib/store/fake-clock";
import { createMemoryRunStore } from "@/lib/store/memory-run-store";
import { answerQuestion } from "./answer-question";
import { keepingSink } from "./chat-service.fixture";
import { createKeptEvents } from "./kept-events";
import { collect, testPorts, testQuestion } from "./pipeline.fixture";
import { createRunRecorder } from "./record-run";
import { createRunTracer } from "./trace-run";

const requestId = "r";
const secret = "sk-proj-abcdefghijklmnop1234";
const message = `Why is ${secret} refused?`;
const asked = [message];

function toTrace() {
  const clock = createFakeClock();
  const sink = keepingSink();
  const ended: RunRecord[] = [];
  const recorder = createRunTracer({
    requestId,
    events: createKeptEvents({ requestId, asked, clock }),
    sink,
    userId: "hash",
    turns: createLateTurns({ clock }),
    clock,
    onEnd: (record) => ended.push(record),
    onFault: (error) => expect(error).toBeNull(),
  });
  return { clock, sink, recorder, ended };
}

function toStore() {
  const clock = createFakeClock();
  const sink = keepingSink();
  const memory = createMemoryRunStore({ clock, ttlSeconds: 60, maxRuns: 1, maxBytes: 1_000_000 });
  const recorder = createRunRecorder({
    requestId,
    events: createKeptEvents({ requestId, asked, clock }),
    store: createMemoryDebugStore(memory),
    sink,
    userId: "hash",
    onEnd: () => undefined,
    onFault: (error) => expect(error).toBeNull(),
  });
  return { clock, sink, recorder };
}

async function eventsOfRun(): Promise<RecordedEvent[]> {
  const question = testQuestion({ message });
  const events = await collect(answerQuestion(question, testPorts(), new AbortController().signal));
  return events.flatMap((event) => (event.type === "token" ? [] : [event]));
}

describe("a run that only Langfuse gets", () => {
  it("is the same there as one that the sidebar shows too, though it is made after its end", async () => {
    const events = await eventsOfRun();
    const traced = toTrace();
    const stored = toStore();
    for (const event of events) {
      for (const { clock, recorder } of [traced, stored]) {
        clock.advance(3);
        recorder.record(event);
      }
    }
    expect(traced.sink.exports).toEqual([]);
    await traced.recorder.handedOver;
    const [run] = stored.sink.exports;
    expect(run?.record.status).toBe("success");
    expect(traced.sink.exports).toEqual([{ record: run?.record, userId: "hash", debug: false }]);
    expect(traced.ended).toEqual([run?.record]);
    expect(JSON.stringify(traced.sink.exports)).not.toContain(secret);
  });
});
