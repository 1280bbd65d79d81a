import { z } from "zod";

/** A document as conversations know it. */
export interface CitedDocument {
  documentId: string;
  passageIds: readonly string[];
}

/** Port: what conversations have kept of a document that was cited in them. */
export interface CitedTexts {
  /** Sources with texts of the document, and passages kept whole. */
  count(document: CitedDocument): Promise<number>;
  /** Takes those texts out; the answers, and that something was cited, stay. */
  remove(document: CitedDocument): Promise<void>;
  /** Ids of the document's passages and of the answers that cite them. */
  citations(documentId: string): Promise<{ passageIds: string[]; requestIds: string[] }>;
}

const versionSchema = z.looseObject({
  request_id: z.string(),
  sources: z.array(
    z.looseObject({
      document_id: z.string(),
      passage_id: z.string(),
      title: z.string(),
      heading: z.string(),
      snippet: z.string(),
    }),
  ),
});

/** A stored version of an answer with its citations of one document. */
export interface CitingVersion {
  requestId: string;
  passageIds: string[];
  /** Citations that still show text. */
  shown: number;
  /** The same version without those texts. */
  emptied: string;
}

/** Null where the version does not cite the document. */
export function readCiting(version: string, documentId: string): CitingVersion | null {
  if (!version.includes(documentId)) return null;
  const parsed = versionSchema.safeParse(JSON.parse(version)).data;
  const cited = parsed?.sources.filter((source) => source.document_id === documentId) ?? [];
  if (!parsed || cited.length === 0) return null;
  const sources = parsed.sources.map((source) =>
    source.document_id === documentId ? { ...source, title: "", heading: "", snippet: "" } : source,
  );
  return {
    requestId: parsed.request_id,
    passageIds: cited.map(({ passage_id }) => passage_id),
    shown: cited.filter(({ title, heading, snippet }) => title + heading + snippet !== "").length,
    emptied: JSON.stringify({ ...parsed, sources }),
  };
}
