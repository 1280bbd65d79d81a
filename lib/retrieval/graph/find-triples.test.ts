import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { IndexDatabase } from "@/lib/retrieval/index/index-table";
import { connectLance } from "@/lib/retrieval/index/lance-table";
import type { TripleModel } from "./extract-triples";
import { findTriples } from "./find-triples";
import { toTripleRows } from "./store-triples";
import { openTripleTable, type TripleTable } from "./triple-table";

let folder: string;
let database: IndexDatabase;
let table: TripleTable;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "find-triples-"));
  database = await connectLance(folder);
  table = await openTripleTable(database);
});

afterEach(async () => {
  database.close();
  await rm(folder, { recursive: true, force: true });
});

const passages = (count: number) =>
  Array.from({ length: count }, (_, n) => {
    return {
      passage_id: `p${n}`,
      document_id: "d1",
      kb_prefix: "lamp",
      title: "T",
      heading: "",
      text: `Text ${n}.`,
    };
  });

const triple = (object: string) => ({ subject: "Lamp", predicate: "has", object });
const never = new AbortController().signal;
const quiet = { again: false, signal: never, onProgress: () => {} };

/** A model that answers with a triple about the passage's text, unless `answer` says otherwise. */
function scriptedModel(answer: (text: string, call: number) => Promise<object[]> | object[]) {
  const state = { calls: 0, atOnce: 0, most: 0 };
  const model: TripleModel = {
    defaultModel: "scripted",
    async completeJson({ messages }) {
      const call = ++state.calls;
      state.atOnce += 1;
      state.most = Math.max(state.most, state.atOnce);
      try {
        await new Promise(setImmediate);
        const { text } = JSON.parse(messages.at(-1)?.content ?? "");
        const triples = await answer(text, call);
        return { text: JSON.stringify({ triples }), usage: null, model: "scripted" };
      } finally {
        state.atOnce -= 1;
      }
    },
  };
  return { model, state };
}

const objects = async () => (await table.select({ columns: ["object"] })).map(({ object }) => object).sort();

describe("findTriples", () => {
  test("stores each passage's triples, asks four at once, and tells how far it is", async () => {
    const { model, state } = scriptedModel((text) => [triple(text)]);
    const steps: string[] = [];
    const onProgress = (done: number, total: number) => steps.push(`${done}/${total}`);
    expect(await findTriples(table, model, passages(70), { ...quiet, onProgress })).toBe(0);
    expect(state).toMatchObject({ calls: 70, most: 4 });
    expect(steps).toEqual(Array.from({ length: 70 }, (_, n) => `${n + 1}/70`));
    const rows = await table.select({
      columns: ["passage_id", "document_id", "kb_prefix", "object", "origin"],
    });
    expect(rows).toHaveLength(70);
    expect(rows).toContainEqual({
      passage_id: "p69",
      document_id: "d1",
      kb_prefix: "lamp",
      object: "Text 69.",
      origin: "model",
    });
  });

  test("asks only for passages that have none of a model, or for all again", async () => {
    const old = [{ document_id: "d1", passage_id: "p0", triples: [triple("old")] }];
    const imported = [{ document_id: "d1", passage_id: "p1", triples: [triple("imported")] }];
    const rows = [...toTripleRows("lamp", "model", old), ...toTripleRows("lamp", "import", imported)];
    await table.replace("triple_id", rows, null);
    const { model, state } = scriptedModel((text) => [triple(text)]);
    await findTriples(table, model, passages(2), quiet);
    expect(state.calls).toBe(1);
    expect(await objects()).toEqual(["Text 1.", "imported", "old"]);
    await findTriples(table, model, passages(2), { ...quiet, again: true });
    expect(state.calls).toBe(3);
    expect(await objects()).toEqual(["Text 0.", "Text 1.", "imported"]);
  });

  test("a passage that the model fails at keeps what it had, and the others get theirs", async () => {
    const { model } = scriptedModel((text) => {
      if (text === "Text 1.") throw new Error("away");
      return text === "Text 2." ? [] : [triple(text)];
    });
    const old = passages(3).map((passage) => ({ ...passage, triples: [triple(`old ${passage.text}`)] }));
    await table.replace("triple_id", toTripleRows("lamp", "model", old), null);
    expect(await findTriples(table, model, passages(3), { ...quiet, again: true })).toBe(1);
    expect(await objects()).toEqual(["Text 0.", "old Text 1."]);
  });

  test("a model that is away is not asked about every passage", async () => {
    const { model, state } = scriptedModel(() => {
      throw new Error("away");
    });
    expect(await findTriples(table, model, passages(200), quiet)).toBe(200);
    expect(state.calls).toBeLessThan(8 + 4);
    expect(await objects()).toEqual([]);
  });

  test("failures between answers do not end the asking", async () => {
    const { model, state } = scriptedModel((text, call) => {
      if (call % 3 === 0) throw new Error("busy");
      return [triple(text)];
    });
    expect(await findTriples(table, model, passages(60), quiet)).toBe(20);
    expect(state.calls).toBe(60);
  });

  test("stops when it is aborted, and goes on behind what was stored", async () => {
    const stop = new AbortController();
    const { model, state } = scriptedModel((text, call) => {
      if (call === 100) stop.abort(new Error("stopped"));
      return [triple(text)];
    });
    const stopped = findTriples(table, model, passages(150), { ...quiet, signal: stop.signal });
    await expect(stopped).rejects.toThrow("stopped");
    expect(state.calls).toBeLessThan(105);
    expect(await objects()).toHaveLength(64);
    const before = state.calls;
    await findTriples(table, model, passages(150), quiet);
    expect(state.calls - before).toBe(150 - 64);
  });
});
