import { fuseRankings } from "@/lib/chat/fuse";
import { systemClock } from "@/lib/domain/clock";
import { openSpan } from "@/lib/events/span-scope";
import { createGraphRetriever } from "@/lib/retrieval/agents/graph-retriever";
import { createHybridRetriever } from "@/lib/retrieval/agents/hybrid-retriever";
import { createNaiveRetriever } from "@/lib/retrieval/agents/naive-retriever";
import { onOneVersion } from "@/lib/retrieval/agents/on-one-version";
import { createSearchContext } from "@/lib/retrieval/agents/search-context";
import { importTriples } from "@/lib/retrieval/graph/import-triples";
import { openTripleTable } from "@/lib/retrieval/graph/triple-table";
import { connectLance } from "@/lib/retrieval/index/lance-table";
import { createPassageTable, indexPassages } from "@/lib/retrieval/index/passage-table";
import type { CountTokens } from "@/lib/retrieval/ingest/chunk-document";
import { documentRows } from "@/lib/retrieval/ingest/document-rows";
import type { RetrievalOutcome, Retriever } from "@/lib/retrieval/retriever";
import type { TestDocument, TestQuery } from "./test-set";

const KB = "set";
const FUSION = "fusion_agent";

/** What an agent found: documents in the order of their best passage, with repetitions. */
interface Found {
  documents: string[];
  ms: number;
}

type Outcomes = (RetrievalOutcome & { agentType: Retriever["agentType"]; ms: number })[];

/** The documents of a test set, indexed as those of a user are. */
export interface TestIndex {
  passages(): Promise<number>;
  /** What every agent finds, one after the other; `fusion_agent` takes as long as the slowest. */
  search(query: TestQuery, topK: number): Promise<Record<string, Found>>;
  /** The passages that all agents together would bring to a chat, best first. */
  retrieve(query: TestQuery, topK: number): Promise<ReturnType<typeof fuseRankings>>;
  importTriples(jsonl: string): Promise<void>;
  close(): void;
}

/** Indexes the documents in a new folder; `onDocument` is called after each. */
export async function openTestIndex(
  folder: string,
  documents: readonly TestDocument[],
  countTokens: CountTokens,
  onDocument: () => void,
): Promise<TestIndex> {
  const database = await connectLance(folder);
  const rows = documents.flatMap(({ id, title, text }) => {
    const source = title === "" ? text : `# ${title}\n\n${text}`;
    const cut = documentRows({ kbPrefix: KB, name: id, source, origin: "upload" }, countTokens, 0);
    onDocument();
    return cut;
  });
  const passages = await createPassageTable(database, rows);
  await indexPassages(passages);
  const triples = await openTripleTable(database);
  const context = createSearchContext(passages, null, triples);
  const retrievers = [createNaiveRetriever, createHybridRetriever, createGraphRetriever].map((create) =>
    onOneVersion(context, create),
  );
  const askAll = async (query: TestQuery, topK: number) => {
    const outcomes: Outcomes = [];
    for (const retriever of retrievers) outcomes.push(await askOne(retriever, query, topK));
    return outcomes;
  };
  return {
    passages: () => passages.count(),
    search: async (query, topK) => {
      const outcomes = await askAll(query, topK);
      const found = outcomes.map((one): [string, Found] => [
        one.agentType,
        { documents: namesOf(one.passages), ms: one.ms },
      ]);
      const ms = Math.max(...outcomes.map((one) => one.ms));
      return { ...Object.fromEntries(found), [FUSION]: { documents: namesOf(fuseRankings(outcomes)), ms } };
    },
    retrieve: async (query, topK) => fuseRankings(await askAll(query, topK)),
    importTriples: async (jsonl) => {
      await importTriples({ passages, triples }, KB, jsonl);
    },
    close: () => database.close(),
  };
}

function namesOf(passages: readonly { passage: { name: string } }[]): string[] {
  return passages.map(({ passage }) => passage.name);
}

async function askOne(
  retriever: Retriever,
  { text, history }: TestQuery,
  topK: number,
): Promise<Outcomes[number]> {
  const ids = { spanId: () => "0000000000000000", uuid: () => "" };
  const time = { clock: systemClock, ids, origin: systemClock.monotonic() };
  const parent = openSpan(time, { name: "rag_retrieval", kind: "retriever", parent: null });
  const { signal } = new AbortController();
  const running = retriever.retrieve({ query: text, kbPrefix: KB, topK, history, signal }, parent);
  for (;;) {
    const step = await running.next();
    if (step.done) {
      return { ...step.value, agentType: retriever.agentType, ms: systemClock.monotonic() - time.origin };
    }
  }
}
