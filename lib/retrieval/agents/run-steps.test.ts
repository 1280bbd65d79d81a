import { describe, expect, test } from "vitest";
import { openSpan, type SpanEvent } from "@/lib/events/span-scope";
import { runSteps, type Step } from "./run-steps";

function makeParent() {
  let spans = 0;
  let now = 0;
  const ids = { uuid: () => "", spanId: () => String(spans++).padStart(16, "0") };
  const clock = { now: () => 0, monotonic: () => now };
  const parent = openSpan(
    { clock, ids, origin: 0 },
    { name: "rag_retrieval", kind: "retriever", parent: null },
  );
  return { parent, tick: (ms: number) => (now += ms) };
}

function step<T>(name: string, run: () => Promise<T>): Step<T> {
  const named = async () => ({ value: await run(), output: name, message: `${name} ran` });
  return { name, kind: "retriever", input: null, run: named };
}

async function drain<T>(events: AsyncGenerator<SpanEvent, T>) {
  const seen: SpanEvent[] = [];
  try {
    for (;;) {
      const next = await events.next();
      if (next.done) return { seen, value: next.value, error: null };
      seen.push(next.value);
    }
  } catch (error) {
    return { seen, value: null, error };
  }
}

describe("runSteps", () => {
  test("runs its steps at once and times each on its own", async () => {
    const { parent, tick } = makeParent();
    const first = Promise.withResolvers<number>();
    const second = Promise.withResolvers<string>();
    const steps = [step("slow", () => first.promise), step("fast", () => second.promise)] as const;
    const running = drain(runSteps(parent, new AbortController().signal, steps));
    await new Promise(setImmediate);
    tick(5);
    second.resolve("b");
    await new Promise(setImmediate);
    tick(10);
    first.resolve(1);
    const { seen, value } = await running;
    expect(value).toEqual([1, "b"]);
    const ends = seen.filter((event) => event.type === "span-end");
    expect(ends.map((event) => [event.output, event.duration_ms])).toEqual([
      ["fast", 5],
      ["slow", 15],
    ]);
  });

  test("ends every span when a step fails, and fails with its error", async () => {
    const { parent } = makeParent();
    const boom = new Error("no index");
    const steps = [step("good", async () => 1), step("bad", () => Promise.reject(boom))] as const;
    const { seen, error } = await drain(runSteps(parent, new AbortController().signal, steps));
    expect(error).toBe(boom);
    const ends = seen.filter((event) => event.type === "span-end");
    expect(ends.map(({ status, status_message }) => [status, status_message])).toEqual([
      ["ok", null],
      ["error", "no index"],
    ]);
    const logs = seen.filter((event) => event.type === "log");
    expect(logs.map(({ entry }) => [entry.level, entry.error])).toEqual([
      ["info", null],
      ["error", "no index"],
    ]);
  });

  test("an abort ends a step that hangs, as aborted", async () => {
    const { parent } = makeParent();
    const stop = new AbortController();
    const running = drain(runSteps(parent, stop.signal, [step("hanging", () => new Promise(() => {}))]));
    stop.abort(new Error("stopped"));
    const { seen, error } = await running;
    expect(error).toEqual(new Error("stopped"));
    expect(seen.at(-1)).toMatchObject({ type: "span-end", status: "aborted" });
  });

  test("begins nothing after an abort", async () => {
    const { parent } = makeParent();
    const { seen, error } = await drain(
      runSteps(parent, AbortSignal.abort("over"), [step("late", async () => 1)]),
    );
    expect([seen, error]).toEqual([[], "over"]);
  });
});
