import { sqlList, sqlText } from "@/lib/retrieval/index/index-table";
import type { TripleTable } from "./triple-table";

const ofDocument = (documentId: string) => `document_id = ${sqlText(documentId)}`;

/** Drops all triples of a document. */
export async function dropTriples(table: TripleTable, documentId: string): Promise<void> {
  const where = ofDocument(documentId);
  if ((await table.count(where)) > 0) await table.replace("triple_id", [], where);
}

/**
 * Drops what a model found in passages that a document no longer has. Imported triples stay: nobody could make
 * them again, and they count once more when their passage returns.
 */
export async function dropStaleTriples(
  table: TripleTable,
  documentId: string,
  passageIds: ReadonlySet<string>,
): Promise<void> {
  const fromModel = `${ofDocument(documentId)} AND origin = 'model'`;
  const rows = await table.select({ columns: ["passage_id"], where: fromModel });
  const gone = new Set(rows.map(({ passage_id }) => passage_id)).difference(passageIds);
  if (gone.size > 0)
    await table.replace("triple_id", [], `${fromModel} AND passage_id IN ${sqlList([...gone])}`);
}
