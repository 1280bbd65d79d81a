import { sqlList } from "@/lib/retrieval/index/index-table";
import type { PassageRow } from "@/lib/retrieval/index/passage-row";
import type { PassageTable } from "@/lib/retrieval/index/passage-table";

/** New passages of documents with the switches of the old ones: of the document, and of each passage that stays the same. */
export async function keepFlags(table: PassageTable, rows: readonly PassageRow[]): Promise<PassageRow[]> {
  const documents = [...new Set(rows.map(({ document_id }) => document_id))];
  const off = await table.select({
    columns: ["document_id", "passage_id", "enabled", "passage_enabled"],
    where: `document_id IN ${sqlList(documents)} AND (enabled = false OR passage_enabled = false)`,
  });
  const offDocuments = new Set(off.filter((row) => !row.enabled).map((row) => row.document_id));
  const offPassages = new Set(off.filter((row) => !row.passage_enabled).map((row) => row.passage_id));
  return rows.map((row) => ({
    ...row,
    enabled: !offDocuments.has(row.document_id),
    passage_enabled: !offPassages.has(row.passage_id),
  }));
}
