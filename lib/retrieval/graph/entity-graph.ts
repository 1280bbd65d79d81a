import { sqlText } from "@/lib/retrieval/index/index-table";
import type { PassageRow } from "@/lib/retrieval/index/passage-row";
import { type PassageTable, visibleIn } from "@/lib/retrieval/index/passage-table";
import { segment } from "@/lib/retrieval/text/segment";
import { withoutQualifier } from "@/lib/retrieval/text/without-qualifier";
import { type Adjacency, type Edge, toAdjacency } from "./adjacency";
import { EntityDictionary } from "./entity-dictionary";
import type { TripleRow, TripleTable } from "./triple-table";

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
  /** From each name to those that a triple relates it to, in either direction. */
  related: Adjacency;
}

/** What counts of a triple here: whose it is, and the two names that it relates. */
export type Statement = Pick<TripleRow, "passage_id" | "subject" | "object">;

interface Mention {
  passage: number;
  entity: number;
  /** How much the passage is about the name. */
  strength: number;
}

/** Builds the graph of a knowledge base from the names that were found when it was indexed, and its triples. */
export async function buildEntityGraph(
  table: PassageTable,
  triples: TripleTable | null,
  kbPrefix: string,
): Promise<EntityGraph> {
  const where = visibleIn(kbPrefix);
  const dictionary = new EntityDictionary();
  const visible = new Set<string>();
  for await (const batch of table.scan({ columns: ["passage_id", "entities"], where })) {
    for (const { passage_id, entities } of batch) {
      visible.add(passage_id);
      for (const name of entities.split("\n")) dictionary.add(name);
    }
  }
  const all = triples ? await readStatements(triples, kbPrefix) : [];
  // Triples may be there before their passages, and stay after them.
  const statements = all.filter(({ passage_id }) => visible.has(passage_id));
  for (const name of sharedNames(statements)) dictionary.add(name);
  const builder = new EntityGraphBuilder(dictionary, statements);
  for await (const batch of table.scan({ columns: ["passage_id", "title", "words"], where })) {
    for (const passage of batch) builder.add(passage);
  }
  return builder.build();
}

async function readStatements(triples: TripleTable, kbPrefix: string): Promise<Statement[]> {
  const statements: Statement[] = [];
  const columns = ["passage_id", "subject", "object"] as const;
  for await (const batch of triples.scan({ columns, where: `kb_prefix = ${sqlText(kbPrefix)}` }))
    statements.push(...batch);
  return statements;
}

/** Takes passages one by one; the dictionary has to know their names already. */
export class EntityGraphBuilder {
  private readonly passageIds: string[] = [];
  private readonly mentions: Mention[] = [];
  private readonly dictionary: EntityDictionary;
  private readonly statements: Map<string, Statement[]>;
  private readonly relations: Edge[] = [];

  constructor(dictionary: EntityDictionary, statements: readonly Statement[]) {
    this.dictionary = dictionary;
    this.statements = Map.groupBy(statements, ({ passage_id }) => passage_id);
  }

  add({ passage_id, title, words }: Pick<PassageRow, "passage_id" | "title" | "words">): void {
    const passage = this.passageIds.push(passage_id) - 1;
    const strengths = this.strengths(title, words);
    for (const [one, other] of this.relationsOf(passage_id)) {
      for (const entity of [one, other]) if (!strengths.has(entity)) strengths.set(entity, 1);
      this.relations.push({ from: one, to: other, weight: 1 }, { from: other, to: one, weight: 1 });
    }
    for (const [entity, strength] of strengths) this.mentions.push({ passage, entity, strength });
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
      related: toAdjacency(frequencies.length, this.relations),
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

  /** Pairs of different known names that a triple of the passage relates. */
  private relationsOf(passageId: string): [number, number][] {
    return (this.statements.get(passageId) ?? []).flatMap(({ subject, object }): [number, number][] => {
      const [one, other] = [this.dictionary.find(subject), this.dictionary.find(object)];
      return one === undefined || other === undefined || one === other ? [] : [[one, other]];
    });
  }
}

/** Subjects and objects of at least two passages: what only one passage speaks of leads nowhere. */
export function sharedNames(statements: readonly Statement[]): string[] {
  const places = new Map<string, { name: string; passages: Set<string> }>();
  for (const { passage_id, subject, object } of statements) {
    for (const name of [subject, object]) {
      const key = segment(name).join(" ");
      const known = places.get(key) ?? { name, passages: new Set() };
      known.passages.add(passage_id);
      places.set(key, known);
    }
  }
  return [...places.values()].filter(({ passages }) => passages.size > 1).map(({ name }) => name);
}

/** Weight of what `frequency` of `passages` passages have; the rarer, the more. */
export function rarity(frequency: number, passages: number): number {
  return Math.log(1 + passages / Math.max(1, frequency));
}
