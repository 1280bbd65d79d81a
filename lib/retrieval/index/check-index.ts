import { AppError } from "@/lib/errors";
import { type IndexDatabase, sqlText } from "./index-table";
import { openKnowledgeBaseTable, readKnowledgeBases } from "./knowledge-base-table";
import {
  indexPassages,
  openPassageTable,
  readDocuments,
  readPassages,
  searchPassages,
} from "./passage-table";

/** Tries what answering needs: null when the index is sound or empty, else what the engine says is wrong. */
export async function checkIndex(database: IndexDatabase): Promise<string | null> {
  try {
    const bases = await openKnowledgeBaseTable(database);
    if (bases) await readKnowledgeBases(bases);
    const passages = await openPassageTable(database);
    if (passages) {
      await indexPassages(passages);
      const [document] = await readDocuments(passages);
      const kbPrefix = document?.kb_prefix ?? "";
      const terms = [{ term: "index", weight: 1 }];
      await readPassages(passages, `document_id = ${sqlText(document?.document_id ?? "")}`);
      await searchPassages(passages, "words", { terms, kbPrefix, limit: 1 });
      await searchPassages(passages, "trigrams", { terms, kbPrefix, limit: 1 });
    }
    return null;
  } catch (error) {
    const cause = error instanceof AppError && error.cause instanceof Error ? error.cause : error;
    return cause instanceof Error ? cause.message.split("\n", 1).join() : String(cause);
  }
}
