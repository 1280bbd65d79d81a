/** Two texts whose sets of five-character shingles overlap this much say the same. */
const SAME_JACCARD = 0.9;
const SHINGLE = 5;

/**
 * Tells whether a text says what an earlier accepted one said already. A text that is no duplicate is
 * remembered. Exact after white space and case, else by the Jaccard index of character shingles.
 */
export function createDuplicateFilter(): (text: string) => boolean {
  const seen: Set<string>[] = [];
  return (text) => {
    const shingles = toShingles(text);
    if (seen.some((other) => jaccard(other, shingles) >= SAME_JACCARD)) return true;
    seen.push(shingles);
    return false;
  };
}

/** How much of two texts is the same, in [0, 1]: the Jaccard index of their character shingles. */
export function textSimilarity(a: string, b: string): number {
  return jaccard(toShingles(a), toShingles(b));
}

function toShingles(text: string): Set<string> {
  const normalized = text.toLowerCase().replace(/\s+/g, " ").trim();
  const shingles = new Set<string>();
  for (let start = 0; start <= Math.max(0, normalized.length - SHINGLE); start += 1) {
    shingles.add(normalized.slice(start, start + SHINGLE));
  }
  return shingles;
}

function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = a.intersection(b).size;
  return shared / (a.size + b.size - shared);
}
