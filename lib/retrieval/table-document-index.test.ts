import { countTokens } from "gpt-tokenizer";
import { describe, expect, test } from "vitest";
import { systemClock } from "@/lib/domain/clock";
import type { NewDocument } from "./document-index";
import { connectLance } from "./index/lance-table";
import { openPassageTable } from "./index/passage-table";
import { openVectorIndex } from "./index/vector-index";
import { openRetrieval, type Retrieval } from "./open-retrieval";
import { ask } from "./testing/ask";
import { createScriptedEmbedding } from "./testing/scripted-embedding";
import { createWorkplace, type Workplace } from "./testing/two-handbooks";

const quiet = { signal: new AbortController().signal, onProgress: () => {} };

async function open({ dataDir, docsDir }: Workplace, embedding = createScriptedEmbedding().embedding) {
  const options = { dataDir, docsDir, countTokens, embedding, clock: systemClock, onProgress: () => {} };
  const retrieval = await openRetrieval(options);
  return { ...retrieval, [Symbol.asyncDispose]: retrieval.close };
}

const documentOf = (markdown: string, name = "notes.md", given: Partial<NewDocument> = {}): NewDocument => ({
  kb_prefix: "staff",
  name,
  origin: "upload",
  bytes: 99,
  format: "markdown",
  title: null,
  markdown,
  pages: [],
  ...given,
});

async function put({ documents }: Retrieval, document: NewDocument): Promise<string> {
  const cut = await documents.cut(document, quiet);
  await documents.embed(cut, quiet);
  await documents.put(cut);
  return cut.documentId;
}

const texts = async (retrieval: Retrieval, query: string) =>
  (await ask(retrieval, "hybrid_agent", query, "staff")).map(({ passage }) => passage.text);
const names = async ({ index }: Retrieval) => (await index.documents("staff")).map(({ name }) => name);
const nameOf = (markdown: string) => documentOf(markdown, "staff/travel.md");

const TWO = "# Notes\n\n## Dogs\n\nDogs are welcome.\n\n## Cats\n\nCats stay home.\n";

describe("a document", () => {
  test("comes back as it was put in, pages and declared title included", async () => {
    await using place = await createWorkplace();
    await using one = await open(place);
    const pages = [
      { page: 1, start: 0 },
      { page: 4, start: TWO.indexOf("## Cats") },
    ];
    const document = documentOf(TWO, "ordner/狗.pdf", { format: "pdf", title: "Animals", pages });
    const id = await put(one, document);
    expect(await one.documents.source(id)).toEqual(document);
    expect(await one.documents.has(document)).toBe(true);
    expect(await one.documents.has({ ...document, pages: [] })).toBe(false);
    expect(await one.documents.facts(id)).toMatchObject({
      title: "Animals",
      format: "pdf",
      pages: 4,
      bytes: 99,
    });
    const items = await one.documents.passages(id, { after: -1, limit: 5 });
    expect(items.map(({ heading, page, position }) => [heading, page, position])).toEqual([
      ["Dogs", 1, 0],
      ["Cats", 4, 1],
    ]);
    expect((await one.index.passage(items[1]?.passage_id ?? ""))?.page).toBe(4);
  });

  test("without a word to index is refused", async () => {
    await using place = await createWorkplace();
    await using one = await open(place);
    await expect(one.documents.cut(documentOf("# Only a title"), quiet)).rejects.toMatchObject({
      code: "invalid_request",
    });
  });

  test("that is replaced stays switched off, and so does each passage whose text stays", async () => {
    await using place = await createWorkplace();
    await using one = await open(place);
    const id = await put(one, documentOf(TWO));
    const [dogs, cats] = await one.documents.passages(id, { after: -1, limit: 5 });
    expect(await one.documents.setPassageEnabled(cats?.passage_id ?? "", false)).toMatchObject({
      enabled: false,
    });
    await one.documents.setEnabled(id, false);
    await put(one, documentOf(TWO.replace("Dogs are welcome", "Dogs may enter")));
    expect(await one.documents.facts(id)).toMatchObject({ enabled: false });
    expect(await texts(one, "dogs cats")).not.toContain("Dogs may enter.");
    await one.documents.setEnabled(id, true);
    const after = await one.documents.passages(id, { after: -1, limit: 5 });
    expect(after.map(({ text, enabled }) => [text, enabled])).toEqual([
      ["Dogs may enter.", true],
      ["Cats stay home.", false],
    ]);
    expect(after[1]?.passage_id).toBe(cats?.passage_id);
    expect(after[0]?.passage_id).not.toBe(dogs?.passage_id);
    expect(await texts(one, "dogs enter")).toContain("Dogs may enter.");
    expect(await texts(one, "cats home")).not.toContain("Cats stay home.");
  });

  test("takes its vectors along when it is replaced or deleted, and search by vectors goes on", async () => {
    await using place = await createWorkplace();
    const { embedding } = createScriptedEmbedding();
    await using one = await open(place, embedding);
    const database = await connectLance(`${place.dataDir}/index`);
    const table = await openPassageTable(database);
    if (!table) throw new Error("There is no table.");
    const vectors = await openVectorIndex(database, table, embedding);
    await vectors.fill(quiet.signal, quiet.onProgress);
    const id = await put(one, documentOf(TWO));
    expect(await vectors.ready()).toBe(true);
    const [dogs] = await one.documents.passages(id, { after: -1, limit: 1 });
    await put(one, documentOf(TWO.replace("Dogs are welcome", "Dogs may enter")));
    expect(await vectors.ready()).toBe(true);
    const similar = await vectors.similarities([0, 0, 0, 0.1], [dogs?.passage_id ?? ""]);
    expect(similar.size).toBe(0);
    await one.documents.remove(id);
    expect(await vectors.ready()).toBe(true);
    database.close();
  });
});

describe("a document that came with the product", () => {
  test("stays deleted over restarts and changes of its file, until it is uploaded", async () => {
    await using place = await createWorkplace();
    const first = await open(place);
    const id = first.documents.documentId("staff", "staff/travel.md");
    await first.documents.remove(id);
    expect(await names(first)).not.toContain("staff/travel.md");
    await first.close();
    await place.write("staff/travel.md", "# Travel\n\nTrains only.\n");
    const second = await open(place);
    expect(await names(second)).not.toContain("staff/travel.md");
    await put(second, nameOf("# Travel\n\nBy tram.\n"));
    await second.documents.remove(id);
    await put(second, nameOf("# Travel\n\nBy ferry.\n"));
    await second.close();
    await using third = await open(place);
    expect(await texts(third, "ferry")).toContain("By ferry.");
  });

  test("gives way to an upload of its name for good, and stays switched off over an update", async () => {
    await using place = await createWorkplace();
    const first = await open(place);
    await put(first, nameOf("# Travel\n\nBy ferry.\n"));
    await first.documents.setEnabled(first.documents.documentId("staff", "staff/people.md"), false);
    await first.close();
    await place.write("staff/travel.md", "# Travel\n\nTrains only.\n");
    await place.write("staff/people.md", "# People\n\nOdile Brandt moved.\n");
    await using second = await open(place);
    expect(await texts(second, "ferry trains")).toContain("By ferry.");
    expect(await texts(second, "trains only")).not.toContain("Trains only.");
    expect(await texts(second, "Odile moved")).not.toContain("Odile Brandt moved.");
    const people = second.documents.documentId("staff", "staff/people.md");
    expect(await second.documents.facts(people)).toMatchObject({ enabled: false });
  });
});
