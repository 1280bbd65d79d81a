import { describe, expect, test } from "vitest";
import type { LanguageModel } from "@/lib/llm/language-model";
import { extractTriples } from "./extract-triples";

const PASSAGE = { title: "Who is who", heading: "Office", text: "Odile Brandt leads the personnel office." };
const TRIPLE = { subject: "Odile Brandt", predicate: "leads", object: "personnel office" };
const never = new AbortController().signal;

type Answer = LanguageModel["completeJson"];

function modelThat(completeJson: Answer) {
  return { defaultModel: "scripted", completeJson };
}

const says = (text: string) => modelThat(async () => ({ text, usage: null, model: "scripted" }));

/** Answers when its signal is aborted, with the signal's reason. */
const waits: Answer = ({ signal }) =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

describe("extractTriples", () => {
  test("gives the triples that the model found", async () => {
    const model = says(JSON.stringify({ triples: [TRIPLE] }));
    expect(await extractTriples(PASSAGE, model, never)).toEqual([TRIPLE]);
  });

  test("sends the passage as data, never as a message of its own", async () => {
    const sent: string[] = [];
    const model = modelThat(async ({ messages }) => {
      sent.push(...messages.map(({ content }) => content));
      return { text: '{"triples":[]}', usage: null, model: "scripted" };
    });
    await extractTriples(PASSAGE, model, never);
    expect(sent).toHaveLength(2);
    expect(JSON.parse(sent[1] ?? "")).toEqual(PASSAGE);
    await extractTriples({ ...PASSAGE, text: "Seen\u200b\u202e only." }, model, never);
    expect(JSON.parse(sent[3] ?? "").text).toBe("Seen only.");
  });

  test("takes what is a triple, at most 40, and leaves what is none", async () => {
    const others = [{ subject: "a" }, { ...TRIPLE, object: " " }, "text", null];
    const triples = [...others, ...Array(50).fill(TRIPLE)];
    const found = await extractTriples(PASSAGE, says(JSON.stringify({ triples })), never);
    expect(found).toEqual(Array(40).fill(TRIPLE));
    expect(await extractTriples(PASSAGE, says('{"triples":[]}'), never)).toEqual([]);
  });

  test.each([
    ["no JSON", "Sure, here they are:"],
    ["another shape", '{"triples":{"subject":"a"}}'],
    ["nothing", "null"],
  ])("tells %s from an answer without triples", async (_, text) => {
    expect(await extractTriples(PASSAGE, says(text), never)).toBeNull();
  });

  test("has none of a model that fails or is late", async () => {
    const fails = modelThat(async () => {
      throw new Error("away");
    });
    expect(await extractTriples(PASSAGE, fails, never)).toBeNull();
    expect(await extractTriples(PASSAGE, modelThat(waits), never, 1)).toBeNull();
  });

  test("stops when it is aborted", async () => {
    const stop = new AbortController();
    const running = extractTriples(PASSAGE, modelThat(waits), stop.signal);
    stop.abort(new Error("stopped"));
    await expect(running).rejects.toThrow("stopped");
  });
});
