import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { countTokens } from "gpt-tokenizer";
import { describe, expect, onTestFinished, test } from "vitest";
import { systemClock } from "@/lib/domain/clock";
import type { EmbeddingModel } from "@/lib/llm/language-model";
import { type IndexAddress, type IndexProgress, openRetrieval } from "./open-retrieval";
import { ask } from "./testing/ask";
import { startS3TestServer } from "./testing/s3-test-server";
import { createScriptedEmbedding } from "./testing/scripted-embedding";
import { createWorkplace, type Workplace } from "./testing/two-handbooks";

const PATIENTLY = { timeout: 15_000 };

async function open(
  { dataDir, docsDir }: Workplace,
  embedding: EmbeddingModel | null = null,
  indexAddress: IndexAddress | null = null,
) {
  const progress: IndexProgress[] = [];
  const onProgress = (step: IndexProgress) => void progress.push(step);
  const options = { dataDir, indexAddress, docsDir, countTokens, embedding, clock: systemClock, onProgress };
  const retrieval = await openRetrieval(options);
  onTestFinished(() => retrieval.close());
  return { ...retrieval, progress };
}

describe("openRetrieval", () => {
  test("indexes at the first start and finds everything unchanged at the second", async () => {
    await using place = await createWorkplace();
    const first = await open(place);
    expect(first.progress.at(-1)).toEqual({ stage: "indexing", completed: 7, total: 7 });
    const passages = await first.index.passageCount();
    await first.close();
    const second = await open(place);
    expect(second.progress).toEqual([]);
    expect(await second.index.passageCount()).toBe(passages);
  });

  test("a changed file alone is indexed anew, and its unchanged passages keep their ids", async () => {
    await using place = await createWorkplace();
    const first = await open(place);
    const before = await ask(first, "hybrid_agent", "limit for hotels", "staff");
    const receipts = await ask(first, "hybrid_agent", "send receipts", "staff");
    await first.close();
    await place.write(
      "staff/travel.md",
      "# Travel and expenses\n\n## Hotels\n\nThe limit is 165 euros a night.\n\n## Receipts\n\nSend receipts within thirty days. Expenses are reimbursed with the next salary.\n",
    );
    const second = await open(place);
    expect(second.progress).toEqual([{ stage: "indexing", completed: 1, total: 1 }]);
    const after = await ask(second, "hybrid_agent", "limit for hotels", "staff");
    expect(before[0]?.passage.text).toContain("140");
    expect(after[0]?.passage.text).toContain("165");
    expect(after.filter(({ passage }) => passage.text.includes("140 euros"))).toEqual([]);
    const again = await ask(second, "hybrid_agent", "send receipts", "staff");
    expect(again[0]?.passage.passage_id).toBe(receipts[0]?.passage.passage_id);
  });

  test("a removed file is gone, and a new one is there", async () => {
    await using place = await createWorkplace();
    await (await open(place)).close();
    await place.remove("staff/travel.md");
    await place.write("staff/dogs.md", "# Dogs\n\nDogs are welcome on Fridays.\n");
    const { index } = await open(place);
    const names = (await index.documents("staff")).map(({ name }) => name);
    expect(names).toContain("staff/dogs.md");
    expect(names).not.toContain("staff/travel.md");
  });

  test("two processes that start at once make one index", async () => {
    await using place = await createWorkplace();
    const [one, other] = await Promise.all([open(place), open(place)]);
    const expected = await one.index.knowledgeBases();
    const passages = expected.reduce((sum, base) => sum + base.passages, 0);
    expect(await one.index.passageCount()).toBe(passages);
    expect(await other.index.passageCount()).toBe(passages);
    expect((await ask(other, "hybrid_agent", "parental leave", "staff")).length).toBeGreaterThan(0);
  });

  test("a damaged index is moved aside and made anew", async () => {
    await using place = await createWorkplace();
    const first = await open(place);
    const passages = await first.index.passageCount();
    await first.close();
    await damage(join(place.dataDir, "index"));
    const second = await open(place);
    expect(second.progress[0]).toMatchObject({ stage: "rebuilding" });
    expect(await second.index.passageCount()).toBe(passages);
    expect((await readdir(place.dataDir)).some((name) => name.startsWith("index-damaged-"))).toBe(true);
  });

  test("an index that vanishes under a running process gives a clear error, and is made again at start", async () => {
    await using place = await createWorkplace();
    const first = await open(place);
    await rm(join(place.dataDir, "index"), { recursive: true });
    await expect(ask(first, "naive_rag_agent", "pairing", "lamp")).rejects.toThrow(
      /search index could not be/,
    );
    const second = await open(place);
    expect((await ask(second, "naive_rag_agent", "pairing", "lamp")).length).toBeGreaterThan(0);
  });

  test("missing documents stop the start with a message that names the file", async () => {
    await using place = await createWorkplace();
    await place.remove("knowledge-bases.json");
    await expect(open(place)).rejects.toThrow("docs/knowledge-bases.json is missing");
  });
});

describe("an index on object storage", () => {
  test("is made at the first start, found at the second, and needs no folder", async () => {
    await using place = await createWorkplace();
    await using s3 = await startS3TestServer();
    const address = { uri: s3.makeUri(), storageOptions: s3.storageOptions };
    const first = await open(place, null, address);
    const passages = await first.index.passageCount();
    await first.close();
    const second = await open(place, null, address);
    expect(second.progress).toEqual([]);
    expect(await second.index.passageCount()).toBe(passages);
    expect((await ask(second, "hybrid_agent", "parental leave", "staff")).length).toBeGreaterThan(0);
    await expect(readdir(place.dataDir)).rejects.toThrow("ENOENT");
  });

  test("that cannot be reached stops the start with a message that names the setting alone", async () => {
    await using place = await createWorkplace();
    await using s3 = await startS3TestServer();
    const attempt = open(place, null, { uri: "s3://no-such-bucket/x", storageOptions: s3.storageOptions });
    await expect(attempt).rejects.toThrow(/^The search index .*INDEX_URI/);
    await expect(attempt).rejects.not.toThrow(/no-such-bucket|127\.0\.0\.1|S3RVER/);
  });
});

describe("vectors", () => {
  test("do not hold up the start: search goes by words until they are there", async () => {
    await using place = await createWorkplace();
    const { embedding, state } = createScriptedEmbedding();
    const gate = Promise.withResolvers<void>();
    state.gate = gate.promise;
    const retrieval = await open(place, embedding);
    expect(await methodsOf(retrieval, "clamp")).toEqual(["bm25_search"]);
    gate.resolve();
    await expect.poll(() => methodsOf(retrieval, "clamp"), PATIENTLY).toEqual(["vector_search"]);
  });

  test("find a passage that shares no word with the question", async () => {
    await using place = await createWorkplace();
    const retrieval = await open(place, createScriptedEmbedding().embedding);
    await expect.poll(() => methodsOf(retrieval, "urlaub"), PATIENTLY).toEqual(["vector_search"]);
    const [best] = await ask(retrieval, "naive_rag_agent", "urlaub", "staff");
    expect(best?.passage.text).toMatch(/vacation|年假/);
    expect(best?.relevance).toBeGreaterThan(0.9);
    expect(best?.relevance).toBeLessThanOrEqual(1);
  });

  test("are kept over a restart and made for changed passages only", async () => {
    await using place = await createWorkplace();
    const scripted = createScriptedEmbedding();
    const first = await open(place, scripted.embedding);
    await expect.poll(() => methodsOf(first, "clamp"), PATIENTLY).toEqual(["vector_search"]);
    await first.close();
    await place.write("staff/dogs.md", "# Dogs\n\nDogs are welcome on Fridays.\n");
    const second = await open(place, scripted.embedding);
    await expect
      .poll(() => second.progress.filter(({ stage }) => stage === "embedding"), PATIENTLY)
      .toEqual([{ stage: "embedding", completed: 1, total: 1 }]);
  });

  test("of another model are made anew, without those of the first", async () => {
    await using place = await createWorkplace();
    const first = await open(place, createScriptedEmbedding("one").embedding);
    await expect.poll(() => methodsOf(first, "clamp"), PATIENTLY).toEqual(["vector_search"]);
    await first.close();
    const second = await open(place, createScriptedEmbedding("two").embedding);
    await expect.poll(() => methodsOf(second, "clamp"), PATIENTLY).toEqual(["vector_search"]);
  });

  test("a model that fails at the question leaves the search by words", async () => {
    await using place = await createWorkplace();
    const { embedding, state } = createScriptedEmbedding();
    const retrieval = await open(place, embedding);
    await expect.poll(() => methodsOf(retrieval, "clamp"), PATIENTLY).toEqual(["vector_search"]);
    state.down = true;
    expect(await methodsOf(retrieval, "clamp")).toEqual(["bm25_search"]);
  });

  test("a model that fails while vectors are made is reported", async () => {
    await using place = await createWorkplace();
    const { embedding, state } = createScriptedEmbedding();
    state.down = true;
    const retrieval = await open(place, embedding);
    await expect
      .poll(() => retrieval.progress, PATIENTLY)
      .toContainEqual({ stage: "embedding-failed", reason: "The model is away." });
  });
});

async function methodsOf(retrieval: Pick<Awaited<ReturnType<typeof open>>, "retrievers">, query: string) {
  const { outcome } = await ask.withEvents(retrieval, { agent: "naive_rag_agent", query, kbPrefix: "lamp" });
  return outcome.methods;
}

/** Overwrites the data and the manifests of every table. */
async function damage(folder: string): Promise<void> {
  const names = await readdir(folder, { recursive: true });
  const files = names.filter(
    (name) => /\.(lance|manifest|idx|txn)$/.test(name) && !/^[^/]+\.lance$/.test(name),
  );
  for (const name of files) await writeFile(join(folder, name), "not an index");
}
