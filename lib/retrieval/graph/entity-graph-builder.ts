import type { PassageRow } from "@/lib/retrieval/index/passage-row";
import { withoutQualifier } from "@/lib/retrieval/text/without-qualifier";
import { toAdjacency } from "./adjacency";
import { EdgeList } from "./edge-list";
import type { EntityDictionary } from "./entity-dictionary";
import { type EntityGraph, rarity } from "./entity-graph";
import { forEachBelow, type Sliced } from "./slices";
import type { Relations } from "./statements";

/** A name leads to the passages of the document that it is the title of this many times as strongly. */
const TITLE_STRENGTH = 9;

/** Takes passages one by one; the dictionary has to know their names already. */
export class EntityGraphBuilder {
  private readonly passageIds: string[] = [];
  private readonly numberOf = new Map<string, number>();
  /** From passages to names; the weight is how much the passage is about the name. */
  private readonly mentions = new EdgeList();
  private readonly related = new EdgeList();
  private readonly dictionary: EntityDictionary;
  private readonly relations: Relations;

  constructor(dictionary: EntityDictionary, relations: Relations) {
    this.dictionary = dictionary;
    this.relations = relations;
  }

  add({ passage_id, title, words }: Pick<PassageRow, "passage_id" | "title" | "words">): void {
    const passage = this.passageIds.push(passage_id) - 1;
    this.numberOf.set(passage_id, passage);
    const strengths = this.strengths(title, words);
    for (const [one, other] of this.relations.get(passage_id) ?? []) {
      for (const entity of [one, other]) if (!strengths.has(entity)) strengths.set(entity, 1);
      this.related.add(one, other, 1);
      this.related.add(other, one, 1);
    }
    for (const [entity, strength] of strengths) this.mentions.add(passage, entity, strength);
  }

  *build(): Sliced<EntityGraph> {
    const { passageIds, numberOf, dictionary, mentions, related } = this;
    const entities = dictionary.entities.length;
    const frequencies = new Uint32Array(entities);
    yield* forEachBelow(mentions.length, (mention) => {
      const entity = mentions.to(mention);
      frequencies[entity] = (frequencies[entity] ?? 0) + 1;
    });
    const rarities = Float64Array.from(frequencies, (frequency) => rarity(frequency, passageIds.length));
    const names = yield* toAdjacency(passageIds.length, {
      length: mentions.length,
      from: (mention) => mentions.from(mention),
      to: (mention) => mentions.to(mention),
      weight: (mention) => rarities[mentions.to(mention)] ?? 0,
    });
    const passages = yield* toAdjacency(entities, {
      length: mentions.length,
      from: (mention) => mentions.to(mention),
      to: (mention) => mentions.from(mention),
      weight: (mention) => mentions.weight(mention),
    });
    return {
      passageIds,
      numberOf,
      dictionary,
      frequencies,
      names,
      passages,
      related: yield* toAdjacency(entities, related),
    };
  }

  /** What a passage names, and how much it is about that: by how often it does, and by its title. */
  private strengths(title: string, words: string): Map<number, number> {
    const counts = this.dictionary.link(words.split(" "));
    const found = new Map([...counts].map(([entity, count]) => [entity, 1 + Math.log(count)]));
    for (const name of new Set([title, withoutQualifier(title)])) {
      const entity = this.dictionary.find(name);
      if (entity !== undefined) found.set(entity, TITLE_STRENGTH * (found.get(entity) ?? 1));
    }
    return found;
  }
}
