import type { DocumentFormat } from "@/lib/domain/document";
import type { Passage } from "@/lib/domain/passage";

/** A passage as the table holds it: what is shown, what is searched, and the facts of its document. */
export interface PassageRow extends Passage {
  kb_prefix: string;
  /** Place in the document, from 0. */
  position: number;
  /** Page of the document where it has pages. */
  page: number | null;
  tokens: number;
  /** Terms of title, heading path and text, separated by blanks: what word search matches. */
  words: string;
  /** Character grams of the same, separated by blanks. */
  trigrams: string;
  /** Names of things in the passage, one a line: where the entity graph comes from. */
  entities: string;
  /** Who put the document there; a start replaces and removes bundled ones only. */
  origin: "bundled" | "upload";
  /** Changes when the document, or the way it is indexed, changes. */
  fingerprint: string;
  /** What the document was before it became Markdown. */
  format: DocumentFormat;
  /** Number of its pages; null where the format has none. */
  document_pages: number | null;
  /** Passages of the whole document. */
  document_passages: number;
  /** Size of the document's file. */
  bytes: number;
  /** Whether the document is searched. */
  enabled: boolean;
  /** Whether this passage is searched as long as its document is. */
  passage_enabled: boolean;
  /** At position 0 the whole document as `encodeSource` writes it, so that it can be cut again; else empty. */
  source: string;
  /** When the document was indexed, epoch ms. */
  updated_at: number;
}

/** A knowledge base as the table holds it; lists are JSON. */
export interface KnowledgeBaseRow {
  prefix: string;
  title: string;
  description: string;
  keywords: string;
  suggested: string;
  /**
   * Who it is from. A start brings bundled ones up to date and leaves those alone that an administrator
   * edited, created or deleted; the mark of a deleted one stays, so that it does not come back.
   */
  origin: "bundled" | "edited" | "created" | "deleted";
  /** Place in lists, from 0. */
  position: number;
  updated_at: number;
}

/** A passage that a search found, without its content: most hits are ranked and then left out. */
export type PassageHit = Pick<Passage, "passage_id" | "title" | "heading"> & { score: number };
/** The rest of a passage, and what is needed to judge it. */
export type PassageContent = Pick<PassageRow, "document_id" | "name" | "text" | "words">;
