import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { connectLance } from "@/lib/retrieval/index/lance-table";
import { createPassageTable } from "@/lib/retrieval/index/passage-table";
import { documentRows } from "@/lib/retrieval/ingest/document-rows";
import { ask } from "@/lib/retrieval/testing/ask";
import { createGraphRetriever } from "./graph-retriever";
import { createSearchContext } from "./search-context";

const PATIENTLY = { timeout: 30_000 };
const OTHERS = 4200;
const SOURCE = "# Norby Harbour\n\nNorby Harbour is led by Odile Brandt.";

/** A knowledge base that takes too long to collect its names from while a question waits. */
async function openLargeBase() {
  const folder = await mkdtemp(join(tmpdir(), "large-base-"));
  const database = await connectLance(folder);
  onTestFinished(async () => {
    database.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  const document = { kbPrefix: "ports", name: "norby.md", source: SOURCE, origin: "upload" } as const;
  const rows = documentRows(document, (text) => text.length, 0);
  const others = rows.slice(0, 1).flatMap((row) =>
    Array.from({ length: OTHERS }, (_, at) => {
      return {
        ...row,
        passage_id: `other ${at}`,
        title: "Boat",
        words: "boat",
        trigrams: "boa",
        entities: "",
      };
    }),
  );
  const table = await createPassageTable(database, [...rows, ...others]);
  await table.ensureIndexes({ words: "text", trigrams: "text" });
  return createSearchContext(table, null);
}

test("a question to a large knowledge base does not wait for its graph, and the log says so", async () => {
  const context = await openLargeBase();
  const retrievers = [createGraphRetriever(context)];
  const question = { agent: "graph_agent", query: "Who leads Norby Harbour?", kbPrefix: "ports" } as const;
  const answer = async () => {
    const { outcome, events } = await ask.withEvents({ retrievers }, question);
    const entries = events.flatMap((event) => (event.type === "log" ? event.entry : []));
    const warnings = entries.filter(({ level }) => level === "warn").map(({ message }) => message);
    return { first: outcome.passages[0]?.passage.title, methods: outcome.methods, warnings };
  };
  const early = await answer();
  expect(early.first).toBe("Norby Harbour");
  expect(early.methods).toEqual(["bm25_search", "entity_linking"]);
  expect(early.warnings).toEqual([expect.stringContaining("searching by text alone")]);
  await expect.poll(() => context.graph("ports"), PATIENTLY).not.toBe("unbuilt");
  const later = await answer();
  expect(later.first).toBe("Norby Harbour");
  expect(later.methods).toContain("graph_rank");
  expect(later.warnings).toEqual([]);
});
