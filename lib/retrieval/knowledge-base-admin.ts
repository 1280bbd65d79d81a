import type { KnowledgeBase, KnowledgeBaseDetail, KnowledgeBasePatch } from "@/lib/domain/knowledge-base";

/** Port: the knowledge bases as an administrator sees and changes them. Any process may do so at any time. */
export interface KnowledgeBaseAdmin {
  /** Null when there is none under this prefix. */
  find(prefix: string): Promise<KnowledgeBaseDetail | null>;
  /** Throws `conflict` when the prefix is taken; of two that come at once, one wins. */
  create(base: KnowledgeBase): Promise<KnowledgeBaseDetail>;
  /** Throws `not_found` when there is none under this prefix. */
  update(prefix: string, patch: KnowledgeBasePatch): Promise<KnowledgeBaseDetail>;
  /** Removes it with its documents, passages and vectors. Throws `not_found` as above. */
  remove(prefix: string): Promise<void>;
}
