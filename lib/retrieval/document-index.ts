import type { DocumentFormat, DocumentSummary, PassageItem } from "@/lib/domain/document";
import type { PassageRow } from "./index/passage-row";

/** A document that is to be indexed, as Markdown. */
export interface NewDocument {
  kb_prefix: string;
  name: string;
  /** Whose it is: a start brings bundled ones up to date. */
  origin: "bundled" | "upload";
  /** Size of its file. */
  bytes: number;
  format: DocumentFormat;
  /** Null leaves it to the headings, then to the file's name. */
  title: string | null;
  markdown: string;
  /** Where each page begins in `markdown`, ascending; empty where the format has no pages. */
  pages: { page: number; start: number }[];
}

/** A document that has been cut and is not in the index yet. */
export interface CutDocument {
  documentId: string;
  /** At least one. */
  rows: readonly PassageRow[];
}

export interface StepOptions {
  signal: AbortSignal;
  onProgress(completed: number, total: number): void;
}

/** What the index knows of one document beside its place in lists. */
export interface DocumentFacts extends DocumentSummary {
  kb_prefix: string;
  format: DocumentFormat;
  pages: number | null;
}

/**
 * Port: changing what is in the index. A document is replaced, switched or deleted in one commit: a search in
 * any process sees all of it as it was or all of it as it is. Every call may throw when the index is broken.
 */
export interface DocumentIndex {
  /** Whether documents need vectors before they are put in. */
  readonly embeds: boolean;
  documentId(kbPrefix: string, name: string): string;
  /** Whether the index has this very document, indexed as it would be today. */
  has(document: NewDocument): Promise<boolean>;
  /** Cuts a document into passages; lets other work run in between. Throws `invalid_request` when there is no text. */
  cut(document: NewDocument, options: StepOptions): Promise<CutDocument>;
  /** Makes the vectors that passages lack, before anybody can find them. Throws ModelError. */
  embed(cut: CutDocument, options: StepOptions): Promise<void>;
  /**
   * Has a model find the triples of the passages, before anybody can find those; does nothing where no model is
   * asked. Passages that the model fails at go without. `again` also asks for what has its triples already.
   */
  findTriples(cut: CutDocument, options: StepOptions & { again: boolean }): Promise<void>;
  /** Puts a document into the place of the one with its name; what was switched off stays so. */
  put(cut: CutDocument): Promise<void>;
  /** Takes what was written into the search indexes; for after the last of several documents. */
  settle(): Promise<void>;
  /** Uploaded documents that an earlier version of the product cut in another way. */
  outdated(): Promise<{ document_id: string; kb_prefix: string; name: string }[]>;
  facts(documentId: string): Promise<DocumentFacts | null>;
  /** A document as it was put in, to be cut again; null for an unknown one. */
  source(documentId: string): Promise<NewDocument | null>;
  setEnabled(documentId: string, enabled: boolean): Promise<void>;
  /** Deletes a document for good: one that comes with the product does not return at the next start. */
  remove(documentId: string): Promise<void>;
  /**
   * Writes the index anew, so that no file of it holds anything of what was deleted, and ends this process's own work
   * on it in the background. While no other process has it open; takes about as long as indexing all of it.
   */
  erase(): Promise<void>;
  /** Earlier versions of the index that are still kept, and may hold what was deleted since. */
  pastVersions(): Promise<number>;
  /** Passages behind a position, in reading order. */
  passages(documentId: string, page: { after: number; limit: number }): Promise<PassageItem[]>;
  /** Null for an unknown passage. */
  setPassageEnabled(passageId: string, enabled: boolean): Promise<PassageItem | null>;
}
