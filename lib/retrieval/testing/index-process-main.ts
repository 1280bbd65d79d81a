import { parseArgs } from "node:util";
import { createHybridRetriever } from "@/lib/retrieval/agents/hybrid-retriever";
import { createNaiveRetriever } from "@/lib/retrieval/agents/naive-retriever";
import { onOneVersion } from "@/lib/retrieval/agents/on-one-version";
import { createSearchContext } from "@/lib/retrieval/agents/search-context";
import { connectLance } from "@/lib/retrieval/index/lance-table";
import { indexPassages, openPassageTable, type PassageTable } from "@/lib/retrieval/index/passage-table";
import { KEPT_VERSIONS_MS } from "@/lib/retrieval/index/tend-table";
import { documentRows } from "@/lib/retrieval/ingest/document-rows";
import { documentIdOf } from "@/lib/retrieval/ingest/passage-id";
import { ask } from "./ask";

// One process of several on an index: `--role write` replaces a document again and again, `--role read`
// searches for it until its standard input ends. Prints what it saw as one line of JSON.

const KB = "kb";
const NAME = "lamp.md";
const ROUNDS = 30;

const { values } = parseArgs({ options: { folder: { type: "string" }, role: { type: "string" } } });
const database = await connectLance(values.folder ?? "");
const table = await openPassageTable(database);
if (!table) throw new Error("The index has no passages.");
await indexPassages(table);
process.stdout.write(JSON.stringify(values.role === "write" ? await write(table) : await read(table)));
database.close();

/** Round n has n + 3 sections, each of which says so. */
async function write(passages: PassageTable) {
  for (let round = 1; round <= ROUNDS; round += 1) {
    const sections = Array.from({ length: round + 3 }, (_, at) => {
      return `## Section ${at}\n\nThe lamp in round${round} has parts${round + 3}.`;
    });
    const source = `# Lamp\n\n${sections.join("\n\n")}`;
    const document = { kbPrefix: KB, name: NAME, source, origin: "upload" } as const;
    const rows = documentRows(document, (text) => text.length * 10, 0);
    await passages.replace("passage_id", rows, `document_id = '${documentIdOf(KB, NAME)}'`);
    if (round % 5 === 0) await passages.optimize(new Date(Date.now() - KEPT_VERSIONS_MS));
  }
  return { rounds: ROUNDS };
}

async function read(passages: PassageTable) {
  const context = createSearchContext(passages, null);
  const retrievers = [createNaiveRetriever, createHybridRetriever].map((create) =>
    onOneVersion(context, create),
  );
  const seen = { searches: 0, rounds: 0, last: 0, wrong: [] as string[] };
  let isOver = false;
  process.stdin.resume().once("end", () => {
    isOver = true;
  });
  while (!isOver) {
    for (const { agentType } of retrievers) {
      const found = await ask.withEvents(
        { retrievers },
        { agent: agentType, query: "lamp", kbPrefix: KB, topK: 60 },
      );
      const texts = found.outcome.passages.map(({ passage }) => passage.text);
      seen.searches += 1;
      const said = new Set(texts.map((text) => /round(\d+) has parts(\d+)/.exec(text)?.slice(1).join()));
      const [round, parts] = [...said][0]?.split(",").map(Number) ?? [];
      if (said.size !== 1 || texts.length !== parts)
        seen.wrong.push(`${texts.length} of ${[...said].join(" ")}`);
      if (round !== undefined && round !== seen.last) seen.rounds += 1;
      seen.last = round ?? seen.last;
    }
  }
  return seen;
}
