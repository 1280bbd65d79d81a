import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Attachments } from "@/lib/ingest/attachments";
import type { IngestService } from "@/lib/ingest/ingest-service";
import type { DocumentIndex } from "@/lib/retrieval/document-index";
import type { PassageIndex } from "@/lib/retrieval/passage-index";
import type { CitedTexts } from "@/lib/store/cited-document";
import type { ConversationStore } from "@/lib/store/conversation-store";
import { countRows, eraseDeletedRows } from "@/lib/store/sqlite-kept-rows";
import type { Place } from "./purge";
import { idsOf, mentions, type Scope } from "./scope";

/** Conversations in their SQLite file. What a document left there is another place's matter. */
export function conversationFilePlace(path: string, conversations: ConversationStore): Place {
  return {
    name: "SQLite: conversations",
    async count(scope) {
      if (scope.documentId !== null) return 0;
      const ids = idsOf(scope);
      return countRows(path, (row) => mentions(row, ids));
    },
    async remove(scope) {
      for (const sessionId of scope.sessionIds) await conversations.delete(sessionId);
      eraseDeletedRows(path);
    },
  };
}

/** Texts of a document in the conversations that cited it. */
export function citationPlace(texts: CitedTexts): Place {
  const documentOf = ({ documentId, passageIds }: Scope) => documentId && { documentId, passageIds };
  return {
    name: "conversations: cited texts of the document",
    async count(scope) {
      const document = documentOf(scope);
      return document ? texts.count(document) : 0;
    },
    async remove(scope) {
      const document = documentOf(scope);
      if (document) await texts.remove(document);
    },
  };
}

/** Jobs in their SQLite file, and wherever else they are kept. */
export function jobFilePlace(path: string, ingest: IngestService): Place {
  return {
    name: "SQLite: jobs",
    async count(scope) {
      const ids = idsOf(scope);
      return countRows(path, (row) => mentions(row, ids));
    },
    async remove(scope) {
      await forgetJobs(scope, ingest);
      if (existsSync(path)) eraseDeletedRows(path);
    },
  };
}

async function forgetJobs({ bases, documentId }: Scope, ingest: IngestService): Promise<void> {
  for (const base of bases) await ingest.forget(base);
  if (documentId !== null) await ingest.forgetDocument(documentId);
}

/** Received files, each under the id of its job. */
export function uploadPlace(folder: string): Place {
  const filesOf = async ({ jobIds }: Scope) => {
    const names = existsSync(folder) ? await readdir(folder) : [];
    return names.filter((name) => jobIds.some((id) => name.startsWith(id)));
  };
  return {
    name: "uploads",
    count: async (scope) => (await filesOf(scope)).length,
    async remove(scope) {
      for (const name of await filesOf(scope)) await rm(join(folder, name), { force: true });
    },
  };
}

interface IndexPorts {
  index: PassageIndex;
  documents: DocumentIndex;
  attachments: Pick<Attachments, "removeBase">;
}

/** Passages in the index. */
export function indexPlace({ index, documents, attachments }: IndexPorts): Place {
  return {
    name: "index: passages",
    async count({ bases, documentId }) {
      const found = await Promise.all(bases.map((base) => index.documents(base)));
      const attached = found.flat().reduce((sum, { passages }) => sum + passages, 0);
      const own = documentId === null ? null : await documents.facts(documentId);
      return attached + (own?.passages ?? 0);
    },
    async remove({ bases, documentId }) {
      for (const base of bases) await attachments.removeBase(base);
      if (documentId !== null) await documents.remove(documentId);
    },
  };
}

/** Earlier versions of the index, which hold what was deleted since. */
export function earlierIndexPlace(documents: DocumentIndex): Place {
  return {
    name: "index: earlier versions",
    count: () => documents.pastVersions(),
    remove: () => documents.erase(),
  };
}

/** Indexes that were damaged and set aside: nobody can search them, but their files hold texts. */
export function damagedIndexPlace(dataDir: string): Place {
  const found = async () => {
    const names = existsSync(dataDir) ? await readdir(dataDir) : [];
    return names.filter((name) => name.startsWith("index-damaged-"));
  };
  return {
    name: "index: damaged ones set aside",
    count: async () => (await found()).length,
    async remove() {
      if ((await found()).length > 0)
        throw new Error(
          "look through DATA_DIR/index-damaged-… yourself and delete it: it may be your only copy",
        );
    },
  };
}
