import { sqlText } from "@/lib/retrieval/index/index-table";
import { type PassageTable, visibleIn } from "@/lib/retrieval/index/passage-table";
import { EntityDictionary } from "./entity-dictionary";
import type { EntityGraph } from "./entity-graph";
import { EntityGraphBuilder } from "./entity-graph-builder";
import { runInSlices } from "./slices";
import { RelationCollector, SharedNames, type Statement } from "./statements";
import type { TripleTable } from "./triple-table";

/**
 * Builds the graph of a knowledge base from the names that were found when it was indexed, and its triples.
 * Reads its passages twice, in slices that leave room for other work.
 */
export async function buildEntityGraph(
  table: PassageTable,
  triples: TripleTable | null,
  kbPrefix: string,
): Promise<EntityGraph> {
  const where = visibleIn(kbPrefix);
  // Triples may be there before their passages, and stay after them.
  const visible = new Set<string>();
  const eachStatement = (take: (statement: Statement) => void) => {
    const columns = ["passage_id", "subject", "object"] as const;
    return takeEach(
      triples?.scan({ columns, where: `kb_prefix = ${sqlText(kbPrefix)}` }) ?? [],
      (statement) => {
        if (visible.has(statement.passage_id)) take(statement);
      },
    );
  };
  const dictionary = new EntityDictionary();
  // Most names are given again by the next passage, and cutting them into terms is what takes time.
  const given = new Set<string>();
  await takeEach(table.scan({ columns: ["passage_id", "entities"], where }), ({ passage_id, entities }) => {
    visible.add(passage_id);
    for (const name of entities.split("\n")) {
      if (given.has(name)) continue;
      given.add(name);
      dictionary.add(name);
    }
  });
  const shared = new SharedNames();
  await eachStatement((statement) => shared.add(statement));
  await takeEach([[...shared.names()]], (name) => dictionary.add(name));
  const collector = new RelationCollector(dictionary);
  await eachStatement((statement) => collector.add(statement));
  const builder = new EntityGraphBuilder(dictionary, collector.relations);
  await takeEach(table.scan({ columns: ["passage_id", "title", "words"], where }), (passage) =>
    builder.add(passage),
  );
  return runInSlices(builder.build());
}

async function takeEach<T>(
  batches: AsyncIterable<readonly T[]> | Iterable<readonly T[]>,
  take: (item: T) => void,
): Promise<void> {
  for await (const batch of batches) await runInSlices(eachOf(batch, take));
}

function* eachOf<T>(items: readonly T[], take: (item: T) => void) {
  for (const item of items) {
    take(item);
    yield;
  }
}
