import type { PassageRow } from "@/lib/retrieval/index/passage-row";
import { type PassageTable, visibleIn } from "@/lib/retrieval/index/passage-table";
import { withoutQualifier } from "@/lib/retrieval/text/without-qualifier";
import { type Adjacency, type Edge, toAdjacency } from "./adjacency";
import { EntityDictionary } from "./entity-dictionary";

/** A name leads to the passages of the document that it is the title of this many times as strongly. */
const TITLE_STRENGTH = 9;

/** The passages of a knowledge base and the names in them. */
export interface EntityGraph {
  passageIds: readonly string[];
  /** Number of a passage in the graph. */
  numberOf: ReadonlyMap<string, number>;
  dictionary: EntityDictionary;
  /** Number of passages of each name. */
  frequencies: Uint32Array;
  /** From each passage to its names: rare ones get more. */
  names: Adjacency;
  /** From each name to its passages: those of a document with that title get most. */
  passages: Adjacency;
}

interface Mention {
  passage: number;
  entity: number;
  /** How much the passage is about the name. */
  strength: number;
}

/** Builds the graph of a knowledge base from the names that were found when it was indexed. */
export async function buildEntityGraph(table: PassageTable, kbPrefix: string): Promise<EntityGraph> {
  const where = visibleIn(kbPrefix);
  const dictionary = new EntityDictionary();
  for await (const batch of table.scan({ columns: ["entities"], where })) {
    for (const { entities } of batch) for (const name of entities.split("\n")) dictionary.add(name);
  }
  const builder = new EntityGraphBuilder(dictionary);
  for await (const batch of table.scan({ columns: ["passage_id", "title", "words"], where })) {
    for (const passage of batch) builder.add(passage);
  }
  return builder.build();
}

/** Takes passages one by one; the dictionary has to know their names already. */
export class EntityGraphBuilder {
  private readonly passageIds: string[] = [];
  private readonly mentions: Mention[] = [];
  private readonly dictionary: EntityDictionary;

  constructor(dictionary: EntityDictionary) {
    this.dictionary = dictionary;
  }

  add({ passage_id, title, words }: Pick<PassageRow, "passage_id" | "title" | "words">): void {
    const passage = this.passageIds.push(passage_id) - 1;
    for (const [entity, strength] of this.strengths(title, words)) {
      this.mentions.push({ passage, entity, strength });
    }
  }

  build(): EntityGraph {
    const { passageIds, dictionary, mentions } = this;
    const frequencies = new Uint32Array(dictionary.entities.length);
    for (const { entity } of mentions) frequencies[entity] = (frequencies[entity] ?? 0) + 1;
    const toNames = mentions.map(({ passage, entity }): Edge => {
      return { from: passage, to: entity, weight: rarity(frequencies[entity] ?? 1, passageIds.length) };
    });
    const toPassages = mentions.map(({ passage, entity, strength }): Edge => {
      return { from: entity, to: passage, weight: strength };
    });
    return {
      passageIds,
      numberOf: new Map(passageIds.map((id, number) => [id, number])),
      dictionary,
      frequencies,
      names: toAdjacency(passageIds.length, toNames),
      passages: toAdjacency(frequencies.length, toPassages),
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

/** Weight of what `frequency` of `passages` passages have; the rarer, the more. */
export function rarity(frequency: number, passages: number): number {
  return Math.log(1 + passages / Math.max(1, frequency));
}
