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

/** Counts the passages of each term of a knowledge base; reads all of its words, in batches. */
export async function countTerms(table: PassageTable, kbPrefix: string): Promise<Collection> {
  const frequencies = new Map<string, number>();
  let passages = 0;
  for await (const batch of table.scan({ columns: ["words"], where: visibleIn(kbPrefix) })) {
    passages += batch.length;
    for (const { words } of batch) {
      for (const term of new Set(words.split(" "))) frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
    }
  }
  return toCollection(passages, frequencies);
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
