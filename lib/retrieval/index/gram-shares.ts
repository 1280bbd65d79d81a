import type { QueryTerm } from "@/lib/retrieval/text/query-terms";
import { LARGE } from "./lexicon";
import type { PassageTable } from "./passage-table";

/** A gram in more than this share of the passages says next to nothing, and most of a search's time is its. */
const COMMON_SHARE = 0.1;
/** Passages that are looked at: enough to tell a share of a tenth. */
const SAMPLE = 2048;
/** So many grams are looked for in any case, or a question of common words would find nothing. */
const LEAST_GRAMS = 10;
/** The rarest say most; each one more takes its time and changes little. */
const MOST_GRAMS = 16;
/** What fewer passages have counts as rare, one gram like another. */
const RARE_SHARE = 0.01;
/** Values of the two hexadecimal digits that an id ends with. */
const ENDINGS = 256;

/** Character grams that are not rare, and the share of the passages that have them. */
export type GramShares = ReadonlyMap<string, number>;

/**
 * The character grams that are not rare in a large index, counted in a sample. None in a small index, where looking
 * for all of them takes no time. A search goes through all passages with a gram, whichever knowledge base they are
 * in, so all of them are counted.
 */
export async function findGramShares(table: PassageTable): Promise<GramShares> {
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
  return new Map(shares.filter(([, share]) => share > RARE_SHARE));
}

/** Ids are hashes: those that end with some of all endings are as good as drawn by lot. */
function sampleOf(passages: number): string {
  const endings = Math.ceil((SAMPLE / passages) * ENDINGS);
  const last = (endings - 1).toString(16).padStart(2, "0");
  return `right(passage_id, 2) <= '${last}'`;
}

/** The grams that are worth looking for, rarest first: of a small index, of which no shares are known, all of them. */
export function rareGrams(grams: readonly QueryTerm[], shares: GramShares): QueryTerm[] {
  if (shares.size === 0) return [...grams];
  const share = ({ term }: QueryTerm) => shares.get(term) ?? 0;
  const rarestFirst = grams.toSorted((a, b) => share(a) - share(b));
  return rarestFirst.filter(
    (gram, at) => at < LEAST_GRAMS || (at < MOST_GRAMS && share(gram) <= COMMON_SHARE),
  );
}
