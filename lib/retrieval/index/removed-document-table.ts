import { type IndexDatabase, type IndexTable, sqlText, type TableSchema } from "./index-table";

/** A document that was deleted: one that comes with the product is not put back at the next start. */
interface RemovedDocumentRow {
  document_id: string;
  kb_prefix: string;
  /** Epoch ms. */
  removed_at: number;
}

const REMOVED_DOCUMENTS = "removed_documents_v1";

const SCHEMA: TableSchema<RemovedDocumentRow> = {
  key: "document_id",
  columns: { document_id: "text", kb_prefix: "text", removed_at: "float" },
};

function openTable(database: IndexDatabase): Promise<IndexTable<RemovedDocumentRow> | null> {
  return database.open<RemovedDocumentRow>(REMOVED_DOCUMENTS, SCHEMA.key);
}

/** Ids of all documents that were deleted and not uploaded again. */
export async function readRemovedDocuments(database: IndexDatabase): Promise<Set<string>> {
  const rows = (await (await openTable(database))?.select({ columns: ["document_id"] })) ?? [];
  return new Set(rows.map(({ document_id }) => document_id));
}

export async function rememberRemovedDocument(
  database: IndexDatabase,
  row: RemovedDocumentRow,
): Promise<void> {
  const table = (await openTable(database)) ?? (await database.create(REMOVED_DOCUMENTS, SCHEMA, []));
  await table.replace("document_id", [row], null);
}

/** Forgets that a document was deleted, since it has been uploaded. */
export async function forgetRemovedDocument(database: IndexDatabase, documentId: string): Promise<void> {
  const table = await openTable(database);
  const where = `document_id = ${sqlText(documentId)}`;
  if (table && (await table.count(where)) > 0) await table.replace("document_id", [], where);
}
