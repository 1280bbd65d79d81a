import { AppError } from "@/lib/errors";
import type { DocumentFacts } from "@/lib/retrieval/document-index";
import type { Runtime } from "@/lib/runtime";

/** Throws `not_found` for a knowledge base that is not there. */
export async function requireBase(prefix: string, { index }: Runtime): Promise<void> {
  if (!(await index.knowledgeBase(prefix))) {
    throw new AppError("not_found", "There is no such knowledge base.");
  }
}

/** A document of that knowledge base; throws `not_found` when it is not there, or belongs to another one. */
export async function requireDocument(
  { prefix, document_id }: { prefix: string; document_id: string },
  { documents }: Runtime,
): Promise<DocumentFacts> {
  const found = await documents.facts(document_id);
  if (found?.kb_prefix !== prefix) throw new AppError("not_found", "There is no such document here.");
  return found;
}
