import { buildEntityGraph } from "@/lib/retrieval/graph/build-entity-graph";
import type { EntityGraph } from "@/lib/retrieval/graph/entity-graph";
import type { TripleTable } from "@/lib/retrieval/graph/triple-table";
import { createDerived, createDerivedByKey } from "@/lib/retrieval/index/derived";
import { findGramShares, type GramShares } from "@/lib/retrieval/index/gram-shares";
import { type Collection, countTerms, estimateTerms, isLarge } from "@/lib/retrieval/index/lexicon";
import type { PassageTable } from "@/lib/retrieval/index/passage-table";
import type { VectorIndex } from "@/lib/retrieval/index/vector-index";

/** What all agents search in. */
export interface SearchContext {
  table: PassageTable;
  /** Term statistics of a knowledge base. */
  collection(kbPrefix: string): Promise<Collection>;
  /** How common character grams are in a large index, counted in the background; empty in a small one. */
  gramShares(): Promise<GramShares>;
  /** Names of a knowledge base and its passages; of a large one they are collected in the background first. */
  graph(kbPrefix: string): Promise<EntityGraph | "unbuilt">;
  /** Null where no embedding model is configured. */
  vectors: VectorIndex | null;
  /** Null where the graph is made of names alone. */
  triples: TripleTable | null;
}

/** What is computed from the tables is kept in memory until a table changes. */
export function createSearchContext(
  table: PassageTable,
  vectors: VectorIndex | null,
  triples: TripleTable | null = null,
): SearchContext {
  const versions = async () => `${await table.version()}.${(await triples?.version()) ?? 0}`;
  return {
    table,
    vectors,
    triples,
    collection: createDerivedByKey(
      table.version,
      (kbPrefix) => countTerms(table, kbPrefix),
      (kbPrefix) => estimateTerms(table, kbPrefix),
    ),
    gramShares: createDerived<GramShares>(table.version, () => findGramShares(table), {
      whileStale: "serve",
      estimate: async () => new Map(),
    }),
    graph: createDerivedByKey<EntityGraph | "unbuilt">(
      versions,
      (kbPrefix) => buildEntityGraph(table, triples, kbPrefix),
      async (kbPrefix) => ((await isLarge(table, kbPrefix)) ? "unbuilt" : null),
    ),
  };
}
