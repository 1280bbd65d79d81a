import type { IndexDatabase, IndexTable, TableSchema } from "@/lib/retrieval/index/index-table";

/** A statement of a passage: subject, predicate and object in its own words. */
export interface Triple {
  subject: string;
  predicate: string;
  object: string;
}

/** A triple as the table holds it. */
export interface TripleRow extends Triple {
  triple_id: string;
  kb_prefix: string;
  document_id: string;
  passage_id: string;
  /** Who found it: a file that was imported, or a model at ingest. */
  origin: "import" | "model";
}

export type TripleTable = IndexTable<TripleRow>;

const TRIPLES = "triples_v1";

const SCHEMA: TableSchema<TripleRow> = {
  key: "triple_id",
  columns: {
    triple_id: "text",
    kb_prefix: "text",
    document_id: "text",
    passage_id: "text",
    subject: "text",
    predicate: "text",
    object: "text",
    origin: "text",
  },
};

/** Opens the table; where there is none yet, an empty one is made. */
export async function openTripleTable(database: IndexDatabase): Promise<TripleTable> {
  return (await database.open<TripleRow>(TRIPLES, SCHEMA.key)) ?? database.create(TRIPLES, SCHEMA, []);
}
