import type { DocumentSummary } from "@/lib/domain/document";
import type { KnowledgeBase } from "@/lib/domain/knowledge-base";
import type { KnowledgeBaseSummary } from "@/lib/domain/knowledge-base-summary";
import type { Passage, PassageView } from "@/lib/domain/passage";

/** How well a question fits one knowledge base, from the words alone. */
export interface KbAffinity {
  kb_prefix: string;
  /** In [0, 1]. */
  confidence: number;
  /** The words that spoke for it, strongest first. */
  signals: { term: string; weight: number }[];
}

/** Port: what the index knows beside searching. Every call may throw when the index is broken. */
export interface PassageIndex {
  knowledgeBases(): Promise<KnowledgeBaseSummary[]>;
  knowledgeBase(prefix: string): Promise<KnowledgeBase | null>;
  /** One entry per knowledge base, best first; `history` are the user's turns before, oldest first. */
  affinities(question: string, history?: readonly string[]): Promise<KbAffinity[]>;
  /**
   * A passage with up to so many neighbours on each side (two unless told), or null. What a conversation's files hold is there for the
   * browser `reader` alone.
   */
  passage(passageId: string, reader?: string | null, neighbours?: number): Promise<PassageView | null>;
  /** All passages of a document in reading order, or null when there is no such document for this reader. */
  document(
    documentId: string,
    reader?: string | null,
  ): Promise<{ document: DocumentSummary; passages: Passage[] } | null>;
  documents(kbPrefix: string): Promise<DocumentSummary[]>;
  /** The hidden knowledge bases that hold files of conversations, each with its documents. */
  attachmentBases(): Promise<ReadonlyMap<string, DocumentSummary[]>>;
  /** Number of passages over all knowledge bases. */
  passageCount(): Promise<number>;
}
