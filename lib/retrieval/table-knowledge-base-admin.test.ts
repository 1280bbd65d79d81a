import { countTokens } from "gpt-tokenizer";
import { describe, expect, onTestFinished, test } from "vitest";
import { systemClock } from "@/lib/domain/clock";
import { knowledgeBaseDetailSchema } from "@/lib/domain/knowledge-base";
import type { EmbeddingModel } from "@/lib/llm/language-model";
import { openTripleTable } from "./graph/triple-table";
import { connectLance } from "./index/lance-table";

import type { KnowledgeBaseRow } from "./index/passage-row";
import { openPassageTable } from "./index/passage-table";
import { openVectorIndex } from "./index/vector-index";
import { documentRows } from "./ingest/document-rows";
import { openRetrieval } from "./open-retrieval";
import { ask } from "./testing/ask";
import { createScriptedEmbedding } from "./testing/scripted-embedding";
import { createWorkplace, type Workplace } from "./testing/two-handbooks";

const NEW = { prefix: "garden", title: "Garden", description: "", keywords: [], suggested: [] };

/** One process on the folder. */
async function open({ dataDir, docsDir }: Workplace, embedding: EmbeddingModel | null = null) {
  const options = { dataDir, docsDir, countTokens, embedding, clock: systemClock, onProgress: () => {} };
  const retrieval = await openRetrieval(options);
  onTestFinished(() => retrieval.close());
  return retrieval;
}

async function prefixesOf({ index }: Awaited<ReturnType<typeof open>>) {
  return (await index.knowledgeBases()).map(({ prefix }) => prefix);
}

describe("creating", () => {
  test("puts it behind the others, empty, for every process", async () => {
    await using place = await createWorkplace();
    const [one, other] = [await open(place), await open(place)];
    const made = await one.knowledgeBases.create({ ...NEW, keywords: ["it's", 'a "quote"'] });
    expect(knowledgeBaseDetailSchema.parse(made)).toMatchObject({
      prefix: "garden",
      origin: "created",
      documents: 0,
      passages: 0,
      keywords: ["it's", 'a "quote"'],
    });
    expect(await prefixesOf(other)).toEqual(["lamp", "staff", "garden"]);
    expect(await other.knowledgeBases.find("garden")).toEqual(made);
  });

  test("a taken prefix is a conflict that changes nothing", async () => {
    await using place = await createWorkplace();
    const { knowledgeBases } = await open(place);
    await expect(knowledgeBases.create({ ...NEW, prefix: "lamp" })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await knowledgeBases.find("lamp")).toMatchObject({ title: "Glow lamp", origin: "bundled" });
  });

  test("of many that come at once to two processes, one wins", async () => {
    await using place = await createWorkplace();
    const both = [await open(place), await open(place)];
    const tries = both.flatMap(({ knowledgeBases }, process) =>
      [1, 2].map((n) => knowledgeBases.create({ ...NEW, title: `${process}${n}` })),
    );
    const outcomes = await Promise.allSettled(tries);
    const made = outcomes.filter((outcome) => outcome.status === "fulfilled");
    expect(made).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "conflict" });
    for (const process of both) expect(await prefixesOf(process)).toEqual(["lamp", "staff", "garden"]);
    expect((await both[0]?.knowledgeBases.find("garden"))?.title).toBe(made[0]?.value.title);
  });

  test("stays over a restart", async () => {
    await using place = await createWorkplace();
    const first = await open(place);
    await first.knowledgeBases.create(NEW);
    await first.close();
    expect(await prefixesOf(await open(place))).toEqual(["lamp", "staff", "garden"]);
  });
});

describe("editing", () => {
  test("changes what it names, and the router goes by new keywords at once, in every process", async () => {
    await using place = await createWorkplace();
    const [one, other] = [await open(place), await open(place)];
    await one.knowledgeBases.create(NEW);
    const question = "Where do the wheelbarrows go?";
    expect((await other.index.affinities(question))[0]).toMatchObject({ confidence: 0 });
    await one.knowledgeBases.update("garden", { keywords: ["wheelbarrows"] });
    const [best] = await other.index.affinities(question);
    expect(best).toMatchObject({ kb_prefix: "garden", signals: [{ term: "wheelbarrows" }] });
    expect(best?.confidence).toBeGreaterThan(0.3);
    expect(await other.knowledgeBases.find("garden")).toMatchObject({ title: "Garden" });
  });

  test("two at once to different fields are both kept", async () => {
    await using place = await createWorkplace();
    const [one, other] = [await open(place), await open(place)];
    await Promise.all([
      one.knowledgeBases.update("lamp", { title: "The lamp" }),
      other.knowledgeBases.update("lamp", { suggested: ["Why is it dark?"] }),
    ]);
    const found = await one.knowledgeBases.find("lamp");
    expect(found).toMatchObject({ title: "The lamp", suggested: ["Why is it dark?"], origin: "bundled" });
  });

  test("a bundled one stays edited over a restart, and its documents still follow the product", async () => {
    await using place = await createWorkplace();
    const first = await open(place);
    await first.knowledgeBases.update("staff", { title: "House rules" });
    await first.close();
    await place.write("staff/dogs.md", "# Dogs\n\nDogs are welcome on Fridays.\n");
    const second = await open(place);
    expect(await second.knowledgeBases.find("staff")).toMatchObject({ title: "House rules", documents: 5 });
  });

  test("what is not there cannot be edited", async () => {
    await using place = await createWorkplace();
    const { knowledgeBases } = await open(place);
    await expect(knowledgeBases.update("nowhere", { title: "x" })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("deleting", () => {
  test("takes documents and passages along, for every process, and leaves the others", async () => {
    await using place = await createWorkplace();
    const [one, other] = [await open(place), await open(place)];
    const kept = (await other.knowledgeBases.find("lamp"))?.passages;
    await one.knowledgeBases.remove("staff");
    expect(await prefixesOf(other)).toEqual(["lamp"]);
    expect(await other.index.documents("staff")).toEqual([]);
    expect(await other.index.passageCount()).toBe(kept);
    expect(await ask(other, "hybrid_agent", "parental leave", "staff")).toEqual([]);
    expect((await other.index.affinities("parental leave")).map(({ kb_prefix }) => kb_prefix)).toEqual([
      "lamp",
    ]);
  });

  test("takes vectors along", async () => {
    await using place = await createWorkplace();
    const { embedding } = createScriptedEmbedding();
    const { knowledgeBases } = await open(place, embedding);
    const database = await connectLance(`${place.dataDir}/index`);
    const passages = await openPassageTable(database);
    if (!passages) throw new Error("No passages.");
    const search = async (prefix: string) =>
      (await openVectorIndex(database, passages, embedding)).search(prefix, [0, 1, 0, 0.1], 5);
    await expect.poll(() => search("staff"), { timeout: 15_000 }).not.toEqual([]);
    await knowledgeBases.remove("staff");
    expect(await search("staff")).toEqual([]);
    expect(await search("lamp")).not.toEqual([]);
    database.close();
  });

  test("takes triples along, and leaves those of the others", async () => {
    await using place = await createWorkplace();
    const { knowledgeBases, importTriples } = await open(place);
    const line = (document: string) =>
      JSON.stringify({ document, subject: "Hotels", predicate: "need", object: "Receipts" });
    await importTriples("staff", line("staff/travel.md"));
    await importTriples("lamp", line("lamp/en/setup.md"));
    await knowledgeBases.remove("staff");
    const database = await connectLance(`${place.dataDir}/index`);
    const triples = await (await openTripleTable(database)).select({ columns: ["kb_prefix"] });
    expect(triples).toEqual([{ kb_prefix: "lamp" }]);
    database.close();
  });

  test("a bundled one does not come back with a restart", async () => {
    await using place = await createWorkplace();
    const first = await open(place);
    await first.knowledgeBases.remove("staff");
    await first.close();
    const second = await open(place);
    expect(await prefixesOf(second)).toEqual(["lamp"]);
    expect(await second.index.documents("staff")).toEqual([]);
  });

  test("a second one of two at once finds nothing to delete", async () => {
    await using place = await createWorkplace();
    const [one, other] = [await open(place), await open(place)];
    const outcomes = await Promise.allSettled([
      one.knowledgeBases.remove("staff"),
      other.knowledgeBases.remove("staff"),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(one.knowledgeBases.remove("staff")).rejects.toMatchObject({ code: "not_found" });
  });

  test("one that was cut short is finished by the next start, or by who takes the prefix", async () => {
    await using place = await createWorkplace();
    const first = await open(place);
    await markDeleted(place, "staff");
    expect(await first.index.documents("staff")).not.toEqual([]);
    expect(await first.knowledgeBases.create({ ...NEW, prefix: "staff" })).toMatchObject({
      origin: "created",
      documents: 0,
    });
  });

  test("what was uploaded to one whose deletion was cut short goes with the next start", async () => {
    await using place = await createWorkplace();
    const first = await open(place);
    const before = await first.index.passageCount();
    await first.knowledgeBases.create(NEW);
    await upload(place, "garden");
    expect(await first.index.passageCount()).toBe(before + 1);
    await markDeleted(place, "garden");
    await first.close();
    const second = await open(place);
    expect(await second.index.passageCount()).toBe(before);
    expect(await prefixesOf(second)).toEqual(["lamp", "staff"]);
  });

  test("a prefix can be taken again, and then belongs to who took it, also after a restart", async () => {
    await using place = await createWorkplace();
    const first = await open(place);
    await first.knowledgeBases.remove("staff");
    await first.knowledgeBases.create({ ...NEW, prefix: "staff", title: "Our own rules" });
    await first.close();
    const second = await open(place);
    expect(await second.knowledgeBases.find("staff")).toMatchObject({
      title: "Our own rules",
      origin: "created",
      documents: 0,
    });
  });
});

/** Puts a passage of a document that does not come with the product into a knowledge base. */
async function upload({ dataDir }: Workplace, kb_prefix: string): Promise<void> {
  const database = await connectLance(`${dataDir}/index`);
  const uploaded = documentRows(
    { kbPrefix: kb_prefix, name: "roses.md", source: "# Roses\n\nWater them.\n", origin: "upload" },
    countTokens,
    0,
  );
  await (await openPassageTable(database))?.replace("passage_id", uploaded, null);
  database.close();
}

/** Leaves what a process that died in the middle of a deletion leaves. */
async function markDeleted({ dataDir }: Workplace, prefix: string): Promise<void> {
  const database = await connectLance(`${dataDir}/index`);
  const table = await database.open<KnowledgeBaseRow>("knowledge_bases_v1", "prefix");
  await table?.update(`prefix = '${prefix}'`, { origin: "deleted" });
  database.close();
}
