import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { EmbeddingModel } from "@/lib/llm/language-model";
import { documentRows } from "@/lib/retrieval/ingest/document-rows";
import { connectLance } from "./lance-table";
import { createPassageTable } from "./passage-table";
import { openVectorIndex } from "./vector-index";

const PATIENTLY = { timeout: 15_000 };
const quiet = { signal: new AbortController().signal, onProgress: () => {} };
const ids = (rows: readonly { passage_id: string }[]) => rows.map(({ passage_id }) => passage_id);

/** One passage for each document. */
function makeRows(count: number, name = "note") {
  return Array.from({ length: count }, (_, at) => at).flatMap((at) => {
    const document = {
      kbPrefix: "staff",
      name: `${name}-${at}.md`,
      source: `# ${name} ${at}\n\nText ${at}.`,
    };
    return documentRows({ ...document, origin: "upload" }, (text) => text.length, 0);
  });
}

/** A model that counts the texts it was given, and fails once it had more than `most`. */
function countingModel() {
  const state = { texts: 0, most: Number.POSITIVE_INFINITY, meanwhile: async () => {} };
  const embedding: EmbeddingModel = {
    model: "counting",
    embed: async (texts) => {
      if (state.texts + texts.length > state.most) throw new Error("The model is away.");
      state.texts += texts.length;
      await state.meanwhile();
      return { vectors: texts.map((text) => [text.length, 1]), promptTokens: null };
    },
  };
  return { embedding, state };
}

async function open(count: number) {
  const folder = await mkdtemp(join(tmpdir(), "vector-index-"));
  const database = await connectLance(folder);
  onTestFinished(async () => {
    database.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  const rows = makeRows(count);
  const passages = await createPassageTable(database, rows);
  const model = countingModel();
  const vectors = await openVectorIndex(database, passages, model.embedding);
  return { rows, passages, vectors, state: model.state };
}

async function fill({ vectors }: Awaited<ReturnType<typeof open>>): Promise<void> {
  await vectors.fill(quiet.signal, quiet.onProgress);
}

test("vectors that a failing model has made already are kept, and only the others are made again", async () => {
  const place = await open(100);
  place.state.most = 64;
  await expect(fill(place)).rejects.toThrow("The model is away.");
  expect(await place.vectors.ready()).toBe(false);
  place.state.most = 100;
  await fill(place);
  expect(place.state.texts).toBe(100);
  expect(await place.vectors.ready()).toBe(true);
});

test("progress goes up to the number of passages, whatever of them is there already", async () => {
  const place = await open(70);
  const steps: [number, number][] = [];
  await place.vectors.add(place.rows.slice(0, 3), quiet.signal, quiet.onProgress);
  await place.vectors.add(place.rows, quiet.signal, (completed, total) => steps.push([completed, total]));
  expect(steps).toEqual([
    [67, 70],
    [70, 70],
  ]);
});

test("a passage without a vector is noticed, also where another vector has lost its passage", async () => {
  const place = await open(3);
  await fill(place);
  expect(await place.vectors.ready()).toBe(true);
  const [first] = ids(place.rows);
  await place.passages.replace("passage_id", makeRows(1, "other"), `passage_id = '${first}'`);
  await expect.poll(() => place.vectors.ready(), PATIENTLY).toBe(false);
  await fill(place);
  await expect.poll(() => place.vectors.ready(), PATIENTLY).toBe(true);
});

test("filling removes the vectors of passages that are gone, and of no other", async () => {
  const place = await open(3);
  await fill(place);
  const [first, ...others] = ids(place.rows);
  await place.passages.replace("passage_id", [], `passage_id = '${first}'`);
  await fill(place);
  const known = await place.vectors.similarities([1, 1], ids(place.rows));
  expect([...known.keys()].toSorted()).toEqual(others.toSorted());
});

test("vectors of documents that are put while others are being made stay, and of those that come next", async () => {
  const place = await open(2);
  const [put, next] = [makeRows(1, "put"), makeRows(1, "next")];
  const add = (rows: typeof put) => place.vectors.add(rows, quiet.signal, quiet.onProgress);
  await add([...put, ...next]);
  place.state.meanwhile = async () => {
    await place.passages.replace("passage_id", put, null);
    await add(next);
  };
  await fill(place);
  expect((await place.vectors.similarities([1, 1], ids([...put, ...next]))).size).toBe(2);
});
