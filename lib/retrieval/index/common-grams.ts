import type { QueryTerm } from "@/lib/retrieval/text/query-terms";
import { LARGE } from "./lexicon";
import type { PassageTable } from "./passage-table";

/** A gram in more than this share of the passages says next to nothing, and most of a search's time is its. */
const COMMON_SHARE = 0.1;
/** Passages that are looked at: enough to tell a share of a tenth. */
const SAMPLE = 2048;
/** So many grams are looked for in any case, or a question of common words would find nothing. */
const LEAST_GRAMS = 10;
/** Values of the two hexadecimal digits that an id ends with. */
const ENDINGS = 256;

/** Character grams that need not be looked for, and the share of the passages that have them. */
export type CommonGrams = ReadonlyMap<string, number>;

/**
 * The character grams that a large index has in many of its passages, counted in a sample. None in a small index, where looking for all of them takes no time. A search goes
 * through all passages with a gram, whichever knowledge base they are in, so all of them are counted.
 */
export async function findCommonGrams(table: PassageTable): Promise<CommonGrams> {
  const all = await table.count();
  if (all <= LARGE) return new Map();
  const counts = new Map<string, number>();
  let passages = 0;
  for await (const batch of table.scan({ columns: ["trigrams"], where: sampleOf(all) })) {
    passages += batch.length;
    for (const { trigrams } of batch) {
      for (const gram of new Set(trigrams.split(" "))) counts.set(gram, (counts.get(gram) ?? 0) + 1);
    }
  }
  const shares = counts.entries().map(([gram, count]) => [gram, count / passages] as const);
  return new Map(shares.filter(([, share]) => share > COMMON_SHARE));
}

/** Ids are hashes: those that end with some of all endings are as good as drawn by lot. */
function sampleOf(passages: number): string {
  const endings = Math.ceil((SAMPLE / passages) * ENDINGS);
  const last = (endings - 1).toString(16).padStart(2, "0");
  return `right(passage_id, 2) <= '${last}'`;
}

/** The grams that are worth looking for, and the rarest of the others where these are few. */
export function rareGrams(grams: readonly QueryTerm[], common: CommonGrams): QueryTerm[] {
  const share = ({ term }: QueryTerm) => common.get(term) ?? 0;
  const rarestFirst = grams.toSorted((a, b) => share(a) - share(b));
  return rarestFirst.filter((gram, at) => at < LEAST_GRAMS || !common.has(gram.term));
}
