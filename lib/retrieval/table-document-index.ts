import type { Clock } from "@/lib/domain/clock";
import type { PassageItem } from "@/lib/domain/document";
import { AppError } from "@/lib/errors";
import { isAttachmentBase } from "./attachment-base";
import type { DocumentIndex, NewDocument, StepOptions } from "./document-index";
import { dropStaleTriples, dropTriples } from "./graph/drop-triples";
import type { TripleModel } from "./graph/extract-triples";
import { findTriples } from "./graph/find-triples";
import type { TripleTable } from "./graph/triple-table";
import { type IndexDatabase, sqlText } from "./index/index-table";
import type { PassageRow } from "./index/passage-row";
import { type PassageTable, readDocuments, type StoredDocument } from "./index/passage-table";
import { forgetRemovedDocument, rememberRemovedDocument } from "./index/removed-document-table";
import { KEPT_VERSIONS_MS } from "./index/tend-table";
import type { VectorIndex } from "./index/vector-index";
import { createCutProcess } from "./ingest/cut-process";
import { fingerprintOf, isOutdated, type SourceDocument } from "./ingest/document-rows";
import { decodeSource } from "./ingest/document-source";
import { keepFlags } from "./ingest/keep-flags";
import { documentIdOf } from "./ingest/passage-id";
import { toDocumentSummary } from "./table-passage-index";

export interface DocumentIndexOptions {
  database: IndexDatabase;
  table: PassageTable;
  /** Null where no embedding model is configured. */
  vectors: VectorIndex | null;
  triples: TripleTable;
  /** Finds triples in what is put in; null where none is asked for them. */
  tripleModel: TripleModel | null;
  /** The model gave no answer for so many passages of a document. */
  onTriplesMissing(documentId: string, passages: number): void;
  clock: Clock;
}

const ITEM_COLUMNS = [
  "passage_id",
  "position",
  "heading",
  "page",
  "text",
  "tokens",
  "passage_enabled",
] as const;

const ofDocument = (documentId: string) => `document_id = ${sqlText(documentId)}`;

/** Documents in the index's tables. */
export function createTableDocumentIndex(options: DocumentIndexOptions): DocumentIndex {
  const { database, table, vectors, triples, tripleModel, clock } = options;
  const cutting = createCutProcess();
  const written = [table, triples, ...(vectors ? [vectors.table] : [])];

  async function stored(documentId: string): Promise<StoredDocument | null> {
    return (await readDocuments(table, ofDocument(documentId)))[0] ?? null;
  }

  async function source(documentId: string): Promise<NewDocument | null> {
    const columns = ["kb_prefix", "name", "origin", "bytes", "source"] as const;
    const where = `${ofDocument(documentId)} AND position = 0`;
    const [row] = await table.select({ columns, where });
    if (!row) return null;
    const { source: text, ...facts } = row;
    return { ...facts, ...decodeSource(text) };
  }

  async function items(where: string): Promise<PassageItem[]> {
    const rows = await table.select({ columns: ITEM_COLUMNS, where });
    return rows.map(toPassageItem).sort((a, b) => a.position - b.position);
  }

  /** Replaces the passages of a document by others, or by none, in one commit; what belongs to passages follows. */
  async function replace(documentId: string, rows: readonly PassageRow[]): Promise<void> {
    const where = ofDocument(documentId);
    const before = vectors ? await table.select({ columns: ["passage_id"], where }) : [];
    await table.replace("passage_id", rows, where);
    const kept = new Set(rows.map(({ passage_id }) => passage_id));
    await vectors?.remove(before.map(({ passage_id }) => passage_id).filter((id) => !kept.has(id)));
    await dropStaleTriples(triples, documentId, kept);
  }

  return {
    embeds: vectors !== null,
    documentId: documentIdOf,
    async has(document) {
      const found = await stored(documentIdOf(document.kb_prefix, document.name));
      return found?.fingerprint === fingerprintOf(toSource(document));
    },
    async cut(document, { signal, onProgress }: StepOptions) {
      const options = { now: clock.now(), signal, onProgress };
      const rows = await cutting.cut(toSource(document), options);
      if (rows.length === 0) throw new AppError("invalid_request", "There is no text in it to index.");
      return { documentId: documentIdOf(document.kb_prefix, document.name), rows };
    },
    async embed({ rows }, { signal, onProgress }) {
      await vectors?.add(rows, signal, onProgress);
    },
    async findTriples({ documentId, rows }, step) {
      if (!tripleModel) return;
      const missing = await findTriples(triples, tripleModel, rows, step);
      if (missing > 0) options.onTriplesMissing(documentId, missing);
    },
    async put({ documentId, rows }) {
      await replace(documentId, await keepFlags(table, rows));
      await forgetRemovedDocument(database, documentId);
    },
    async settle() {
      const removeBefore = new Date(clock.now() - KEPT_VERSIONS_MS);
      await table.optimize(removeBefore);
      if (tripleModel) await triples.optimize(removeBefore);
    },
    async outdated() {
      const uploads = await readDocuments(table, "origin = 'upload'");
      return uploads.filter(({ fingerprint }) => isOutdated(fingerprint));
    },
    async facts(documentId) {
      const document = await stored(documentId);
      if (!document) return null;
      const { kb_prefix, format, document_pages: pages } = document;
      return { ...toDocumentSummary(document), kb_prefix, format, pages };
    },
    source,
    setEnabled: async (documentId, enabled) => void (await table.update(ofDocument(documentId), { enabled })),
    async remove(documentId) {
      const document = await stored(documentId);
      if (!document) return;
      const { kb_prefix } = document;
      if (!isAttachmentBase(kb_prefix)) {
        await rememberRemovedDocument(database, {
          document_id: documentId,
          kb_prefix,
          removed_at: clock.now(),
        });
      }
      await replace(documentId, []);
      await dropTriples(triples, documentId);
    },
    async erase() {
      for (const tended of written) await tended.rewrite();
    },
    async pastVersions() {
      const counts = await Promise.all(written.map((tended) => tended.pastVersions()));
      return counts.reduce((sum, count) => sum + count, 0);
    },
    passages: (documentId, { after, limit }) =>
      items(`${ofDocument(documentId)} AND position > ${after} AND position <= ${after + limit}`),
    async setPassageEnabled(passageId, enabled) {
      const where = `passage_id = ${sqlText(passageId)}`;
      const changed = await table.update(where, { passage_enabled: enabled });
      return changed === 0 ? null : ((await items(where))[0] ?? null);
    },
  };
}

function toSource({ kb_prefix, name, origin, markdown, ...file }: NewDocument): SourceDocument {
  return { kbPrefix: kb_prefix, name, source: markdown, origin, file };
}

function toPassageItem(row: Pick<PassageRow, (typeof ITEM_COLUMNS)[number]>): PassageItem {
  const { passage_id, position, heading, page, text, tokens, passage_enabled } = row;
  return { passage_id, position, heading, page, text, tokens, enabled: passage_enabled };
}
