import { type PassageTable, visibleIn } from "./passage-table";

/** How often terms occur in one knowledge base. */
export interface Collection {
  /** Number of passages that users may see. */
  passages: number;
  /** Number of those that have the term. */
  documentFrequency(term: string): number;
  /** Weight of a term: ln(1 + (N − n + 0.5) / (n + 0.5)), as in BM25; the rarer, the more. */
  idf(term: string): number;
}

/** What has more passages is large: reading them all takes longer than a question should wait. */
export const LARGE = 4096;
/** Passages that an estimate looks at. */
const SAMPLE = LARGE;

/** Whether a knowledge base is large. */
export async function isLarge(table: PassageTable, kbPrefix: string): Promise<boolean> {
  return (await table.count(visibleIn(kbPrefix))) > LARGE;
}

/** Counts the passages of each term of a knowledge base; reads all of its words, in small batches. */
export async function countTerms(table: PassageTable, kbPrefix: string): Promise<Collection> {
  const frequencies = new Map<string, number>();
  let passages = 0;
  for await (const batch of table.scan({ columns: ["words"], where: visibleIn(kbPrefix) })) {
    passages += batch.length;
    addTerms(frequencies, batch);
  }
  return toCollection(passages, frequencies);
}

/** The same from a part of a large knowledge base, at once; null for one that is counted as fast. */
export async function estimateTerms(table: PassageTable, kbPrefix: string): Promise<Collection | null> {
  const where = visibleIn(kbPrefix);
  const passages = await table.count(where);
  if (passages <= LARGE) return null;
  const counted = new Map<string, number>();
  addTerms(counted, await table.select({ columns: ["words"], where, limit: SAMPLE }));
  const share = passages / SAMPLE;
  return toCollection(passages, new Map(counted.entries().map(([term, n]) => [term, n * share])));
}

function addTerms(frequencies: Map<string, number>, rows: readonly { words: string }[]): void {
  for (const { words } of rows) {
    for (const term of new Set(words.split(" "))) frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
  }
}

export function toCollection(passages: number, frequencies: ReadonlyMap<string, number>): Collection {
  const documentFrequency = (term: string) => frequencies.get(term) ?? 0;
  return {
    passages,
    documentFrequency,
    idf: (term) => {
      const n = documentFrequency(term);
      return Math.log(1 + (passages - n + 0.5) / (n + 0.5));
    },
  };
}
