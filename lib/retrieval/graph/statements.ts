import { segment } from "@/lib/retrieval/text/segment";
import type { EntityDictionary } from "./entity-dictionary";
import type { TripleRow } from "./triple-table";

/** What counts of a triple in the graph: whose it is, and the two names that it relates. */
export type Statement = Pick<TripleRow, "passage_id" | "subject" | "object">;

/** Pairs of different known names that the triples of a passage relate, by the passage's id. */
export type Relations = ReadonlyMap<string, readonly (readonly [number, number])[]>;

/** Collects subjects and objects of at least two passages: what only one passage speaks of leads nowhere. */
export class SharedNames {
  private readonly places = new Map<string, { name: string; passage: string; isShared: boolean }>();

  add({ passage_id, subject, object }: Statement): void {
    for (const name of [subject, object]) {
      const key = segment(name).join(" ");
      const known = this.places.get(key);
      if (!known) this.places.set(key, { name, passage: passage_id, isShared: false });
      else if (known.passage !== passage_id) known.isShared = true;
    }
  }

  /** As first spelled, in the order in which they came. */
  *names(): Generator<string> {
    for (const { name, isShared } of this.places.values()) if (isShared) yield name;
  }
}

/** Collects what triples relate; the dictionary has to know the names already. */
export class RelationCollector {
  readonly relations = new Map<string, [number, number][]>();
  private readonly dictionary: EntityDictionary;

  constructor(dictionary: EntityDictionary) {
    this.dictionary = dictionary;
  }

  add({ passage_id, subject, object }: Statement): void {
    const [one, other] = [this.dictionary.find(subject), this.dictionary.find(object)];
    if (one === undefined || other === undefined || one === other) return;
    const pairs = this.relations.get(passage_id);
    if (pairs) pairs.push([one, other]);
    else this.relations.set(passage_id, [[one, other]]);
  }
}
