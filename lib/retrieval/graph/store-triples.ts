import { sqlList, sqlText } from "@/lib/retrieval/index/index-table";
import { digest } from "@/lib/retrieval/ingest/passage-id";
import type { Triple, TripleRow, TripleTable } from "./triple-table";

/** The triples of one passage. */
export interface PassageTriples {
  document_id: string;
  passage_id: string;
  triples: readonly Triple[];
}

/**
 * Puts triples in the place of those that the same origin had stored for these documents, in one commit.
 * Returns how many different ones there are now.
 */
export async function storeTriples(
  table: TripleTable,
  kbPrefix: string,
  origin: TripleRow["origin"],
  passages: readonly PassageTriples[],
): Promise<number> {
  const rows = toTripleRows(kbPrefix, origin, passages);
  const documents = [...new Set(passages.map(({ document_id }) => document_id))];
  const replaced = `document_id IN ${sqlList(documents)} AND origin = ${sqlText(origin)}`;
  await table.replace("triple_id", rows, replaced);
  return rows.length;
}

/** Triples as the table holds them; the same of one passage counts once. */
export function toTripleRows(
  kbPrefix: string,
  origin: TripleRow["origin"],
  passages: readonly PassageTriples[],
): TripleRow[] {
  const rows = new Map<string, TripleRow>();
  for (const { document_id, passage_id, triples } of passages) {
    for (const { subject, predicate, object } of triples) {
      const triple_id = digest([passage_id, origin, subject, predicate, object]).slice(0, 24);
      rows.set(triple_id, {
        triple_id,
        kb_prefix: kbPrefix,
        document_id,
        passage_id,
        subject,
        predicate,
        object,
        origin,
      });
    }
  }
  return [...rows.values()];
}
