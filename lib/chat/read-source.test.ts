import { describe, expect, it } from "vitest";
import { citedSourceSchema } from "@/lib/domain/cited-source";
import type { Passage } from "@/lib/domain/passage";
import type { PassageIndex } from "@/lib/retrieval/passage-index";
import { chatRequestSchema } from "./chat-request";
import { BROWSER, readAll, startService } from "./chat-service.fixture";
import { fixedIndex, passage, ranked, saying, scriptedModel, scriptedRetriever } from "./pipeline.fixture";
import { readSource } from "./read-source";

const LONG = `Keys rotate in place. ${"A retired key answers for one more day. ".repeat(40)}`;
const before: Passage[] = [
  passage("p1", LONG),
  { ...passage("p2", "Short and whole."), document_id: "doc-p1" },
];

/** An index over one document, whose passages the test replaces. */
function documentIndex(passages: readonly Passage[] | null): PassageIndex {
  const view = (found: Passage) => ({
    ...found,
    page: 3,
    document: { document_id: found.document_id, name: found.name, title: found.title },
    before: [],
    after: [],
  });
  const summary = { document_id: "doc-p1", name: "p1.md", title: "Title p1" };
  return {
    ...fixedIndex([{ kb_prefix: "docs", confidence: 0.9, signals: [] }]),
    passage: async (id) => {
      const found = passages?.find(({ passage_id }) => passage_id === id);
      return found ? view(found) : null;
    },
    document: async () =>
      passages && {
        document: { ...summary, passages: passages.length, bytes: 1, enabled: true, updated_at: 0 },
        passages: [...passages],
      },
  };
}

/** An answer that cites both passages, and how its sources look over a document that has changed since. */
async function answered() {
  const { service, ports } = startService({
    retrievers: [scriptedRetriever("naive_rag_agent", async () => ranked(...before))],
    model: scriptedModel(saying("Keys rotate in place. [1] Short. [2]")),
  });
  const request = chatRequestSchema.parse({ message: "How do keys rotate?", agent_type: "naive_rag_agent" });
  const options = { browserId: BROWSER, recorded: false };
  const { requestId, frames } = await service.start(request, options, new AbortController().signal);
  await readAll(frames);
  const read = (n: number, passages: readonly Passage[] | null, browser: string | null = BROWSER) =>
    readSource(requestId, n, browser, { ...ports, index: documentIndex(passages) });
  return { read };
}

describe("a source of an answer", () => {
  it("is the passage itself as long as that is there", async () => {
    const { read } = await answered();
    const source = citedSourceSchema.parse(await read(1, before));
    expect(source).toMatchObject({ state: "same", cited: { text: LONG, complete: true } });
    expect(source.passage).toMatchObject({ passage_id: "p1", page: 3, text: LONG });
  });

  it("has both texts whole when the document has changed, however long they are", async () => {
    const { read } = await answered();
    const text = LONG.replace("one more day", "one more week");
    const source = await read(1, [passage("other", "Bicycles."), { ...passage("p9", text), heading: "C" }]);
    expect(source).toMatchObject({
      state: "changed",
      cited: { text: LONG, complete: true },
      passage: { text },
    });
  });

  it("is the same under a new heading, where the text is", async () => {
    const { read } = await answered();
    const moved = { ...passage("p9", LONG), heading: "Renamed" };
    expect(await read(1, [moved])).toMatchObject({ state: "same", passage: { passage_id: "p9" } });
  });

  it("is removed when nothing in the document is like it, deleted when the document is gone", async () => {
    const { read } = await answered();
    const cited = { text: "Short and whole.", complete: true };
    expect(await read(2, [passage("p9", "Bicycles.")])).toEqual({
      state: "removed",
      cited: expect.objectContaining(cited),
      passage: null,
    });
    expect(await read(2, null)).toMatchObject({ state: "deleted", cited, passage: null });
  });

  it("is nobody else's, and not there under a number that the answer does not have", async () => {
    const { read } = await answered();
    for (const browser of ["browser-2", null])
      await expect(read(1, before, browser)).rejects.toMatchObject({ code: "not_found" });
    await expect(read(3, before)).rejects.toMatchObject({ code: "not_found" });
  });
});
