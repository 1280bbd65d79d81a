import { segment } from "@/lib/retrieval/text/segment";
import { isStopWord } from "@/lib/retrieval/text/stop-words";

/** A name as it is known to the graph. */
export interface Entity {
  /** As first spelled. */
  name: string;
  terms: readonly string[];
}

const LONGEST_NAME = 8;

/** The names of a knowledge base, looked up by their terms, so that spelling and inflection do not matter. */
export class EntityDictionary {
  readonly entities: Entity[] = [];
  private readonly idByKey = new Map<string, number>();
  /** For each first term the lengths of the names that begin with it, longest first. */
  private readonly lengths = new Map<string, number[]>();

  /** Adds a name; one that says nothing (stop words, bare numbers, single letters) is ignored. */
  add(name: string): void {
    const terms = segment(name);
    const [first] = terms;
    const key = terms.join(" ");
    const isKnown = this.idByKey.has(key);
    if (first === undefined || isKnown || terms.length > LONGEST_NAME || !isTelling(terms)) return;
    this.idByKey.set(key, this.entities.length);
    this.entities.push({ name, terms });
    const lengths = this.lengths.get(first) ?? [];
    if (!lengths.includes(terms.length)) {
      this.lengths.set(
        first,
        [...lengths, terms.length].sort((a, b) => b - a),
      );
    }
  }

  /** Number of a name, in any spelling, or undefined. */
  find(name: string): number | undefined {
    return this.idByKey.get(segment(name).join(" "));
  }

  /** How often each known name occurs in a text that is segmented already; of names in names, the longest. */
  link(terms: readonly string[]): Map<number, number> {
    const counts = new Map<number, number>();
    for (let at = 0; at < terms.length; ) {
      const match = this.longestAt(terms, at);
      if (match) counts.set(match.id, (counts.get(match.id) ?? 0) + 1);
      at += match?.length ?? 1;
    }
    return counts;
  }

  private longestAt(terms: readonly string[], at: number): { id: number; length: number } | null {
    for (const length of this.lengths.get(terms[at] ?? "") ?? []) {
      if (at + length > terms.length) continue;
      const id = this.idByKey.get(terms.slice(at, at + length).join(" "));
      if (id !== undefined) return { id, length };
    }
    return null;
  }
}

function isTelling(terms: readonly string[]): boolean {
  const telling = terms.filter((term) => !/^\p{N}+$/u.test(term) && !isStopWord(term));
  return telling.join("").length > 1;
}
