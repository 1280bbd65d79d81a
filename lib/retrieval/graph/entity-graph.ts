import { type PassageTable, visibleIn } from "@/lib/retrieval/index/passage-table";
import { EntityDictionary } from "./entity-dictionary";

/** Neighbours of each node, one after another: those of node i lie between `starts[i]` and `starts[i + 1]`. */
export interface Adjacency {
  starts: Uint32Array;
  targets: Uint32Array;
  /** Share of a node's mass that goes to this neighbour; sums to 1 for each node that has any. */
  shares: Float32Array;
}

/** Passages and the names in them. Nodes are the passages, from 0, followed by the entities. */
export interface EntityGraph {
  passageIds: readonly string[];
  /** Node number of a passage. */
  nodeOf: ReadonlyMap<string, number>;
  dictionary: EntityDictionary;
  /** Number of passages of each entity. */
  frequencies: Uint32Array;
  adjacency: Adjacency;
}

interface Mention {
  passage: number;
  entity: number;
  count: number;
}

/** Builds the graph of a knowledge base from the names that were found when it was indexed. */
export async function buildEntityGraph(table: PassageTable, kbPrefix: string): Promise<EntityGraph> {
  const where = visibleIn(kbPrefix);
  const dictionary = new EntityDictionary();
  for await (const batch of table.scan({ columns: ["entities"], where })) {
    for (const { entities } of batch) for (const name of entities.split("\n")) dictionary.add(name);
  }
  const passageIds: string[] = [];
  const mentions: Mention[] = [];
  for await (const batch of table.scan({ columns: ["passage_id", "words"], where })) {
    for (const { passage_id, words } of batch) {
      const passage = passageIds.push(passage_id) - 1;
      for (const [entity, count] of dictionary.link(words.split(" ")))
        mentions.push({ passage, entity, count });
    }
  }
  return toGraph(passageIds, dictionary, mentions);
}

function toGraph(
  passageIds: string[],
  dictionary: EntityDictionary,
  mentions: readonly Mention[],
): EntityGraph {
  const frequencies = new Uint32Array(dictionary.entities.length);
  for (const { entity } of mentions) frequencies[entity] = (frequencies[entity] ?? 0) + 1;
  return {
    passageIds,
    nodeOf: new Map(passageIds.map((id, node) => [id, node])),
    dictionary,
    frequencies,
    adjacency: toAdjacency(passageIds.length, frequencies, mentions),
  };
}

/** A passage gives more to rare names than to common ones; a name gives evenly to its passages. */
function toAdjacency(passages: number, frequencies: Uint32Array, mentions: readonly Mention[]): Adjacency {
  const nodes = passages + frequencies.length;
  const starts = new Uint32Array(nodes + 1);
  for (const { passage, entity } of mentions) {
    starts[passage + 1] = (starts[passage + 1] ?? 0) + 1;
    starts[passages + entity + 1] = (starts[passages + entity + 1] ?? 0) + 1;
  }
  for (let node = 0; node < nodes; node += 1)
    starts[node + 1] = (starts[node + 1] ?? 0) + (starts[node] ?? 0);
  const targets = new Uint32Array(mentions.length * 2);
  const shares = new Float32Array(mentions.length * 2);
  const next = starts.slice();
  const put = (from: number, to: number, weight: number) => {
    const slot = next[from] ?? 0;
    targets[slot] = to;
    shares[slot] = weight;
    next[from] = slot + 1;
  };
  for (const { passage, entity, count } of mentions) {
    put(passage, passages + entity, rarity(frequencies[entity] ?? 1, passages));
    put(passages + entity, passage, 1 + Math.log(count));
  }
  normalise({ starts, targets, shares });
  return { starts, targets, shares };
}

/** Weight of a name that `frequency` of `passages` passages have. */
export function rarity(frequency: number, passages: number): number {
  return Math.log(1 + passages / frequency);
}

function normalise({ starts, shares }: Adjacency): void {
  for (let node = 0; node + 1 < starts.length; node += 1) {
    const own = shares.subarray(starts[node], starts[node + 1]);
    const sum = own.reduce((total, share) => total + share, 0);
    for (const [at, share] of own.entries()) own[at] = share / sum;
  }
}
