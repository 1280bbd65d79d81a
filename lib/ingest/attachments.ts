import type { Attachment } from "@/lib/domain/attachment";
import { MAX_ATTACHMENTS } from "@/lib/domain/attachment-limit";
import type { Clock } from "@/lib/domain/clock";
import type { Job } from "@/lib/domain/job";
import { AppError, isUnavailable } from "@/lib/errors";
import { attachmentBase, mayRead, sessionOfAttachments } from "@/lib/retrieval/attachment-base";
import type { DocumentIndex } from "@/lib/retrieval/document-index";
import type { PassageIndex } from "@/lib/retrieval/passage-index";
import type { ConversationStore } from "@/lib/store/conversation-store";
import type { EachFile, IngestService } from "./ingest-service";

/** A conversation of a browser; it need not have begun. */
export interface AttachmentPlace {
  sessionId: string;
  browserId: string;
}

export interface Attachments {
  /** By name. */
  list(place: AttachmentPlace): Promise<Attachment[]>;
  /**
   * Takes files in; a file of the same name replaces the one before. Throws `conflict` for more files than a
   * conversation may have, and what `IngestService.upload` does; then nothing is kept.
   */
  add(place: AttachmentPlace, eachFile: EachFile): Promise<Attachment[]>;
  /** Throws `not_found` for what is no file of this conversation. */
  remove(place: AttachmentPlace, documentId: string): Promise<void>;
  /** For a conversation that is being deleted. */
  removeAll(place: AttachmentPlace): Promise<void>;
  /** Removes the files in one of the hidden knowledge bases. */
  removeBase(base: string): Promise<void>;
  /** Removes the files of conversations that have expired or never began. */
  sweep(): Promise<void>;
}

export interface AttachmentPorts {
  ingest: IngestService;
  documents: DocumentIndex;
  index: PassageIndex;
  conversations: Pick<ConversationStore, "conversation">;
  clock: Clock;
  /** How long files wait for a first question, in milliseconds: it may be long in coming. */
  unaskedMs: number;
}

/** Jobs that are looked at; each file has a few of them at most. */
const JOBS = 200;

/** The files of conversations: documents of a hidden knowledge base each. */
export function createAttachments(ports: AttachmentPorts): Attachments {
  const { ingest, documents, index } = ports;
  const baseOf = ({ sessionId, browserId }: AttachmentPlace) => attachmentBase(sessionId, browserId);

  async function list(base: string): Promise<Attachment[]> {
    const [indexed, jobs] = await Promise.all([
      index.documents(base),
      ingest.jobs({ kb_prefix: base, limit: JOBS }),
    ]);
    const byName = new Map<string, Attachment>();
    for (const { document_id, name, passages } of indexed)
      byName.set(name, { document_id, name, state: "done", error: null, error_code: null, passages });
    // The newest job of a file says how it is; once it is done, the index does.
    for (const [name, [newest]] of Map.groupBy(jobs, (job) => job.name)) {
      if (newest && newest.state !== "done")
        byName.set(name, toAttachment(newest, documents.documentId(base, name)));
    }
    return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async function removeDocument(documentId: string): Promise<void> {
    await ingest.forgetDocument(documentId);
    await documents.remove(documentId);
  }

  async function removeBase(base: string): Promise<void> {
    for (const { document_id } of await list(base)) await removeDocument(document_id);
    await ingest.forget(base);
  }

  return {
    list: (place) => list(baseOf(place)),
    async add(place, eachFile) {
      const base = baseOf(place);
      const names = new Set((await list(base)).map(({ name }) => name));
      await ingest.upload(base, (take) =>
        eachFile((file) => {
          names.add(file.name);
          if (names.size > MAX_ATTACHMENTS) throw tooMany();
          return take(file);
        }),
      );
      return list(base);
    },
    async remove(place, documentId) {
      const base = baseOf(place);
      const found = (await list(base)).some(({ document_id }) => document_id === documentId);
      if (!found) throw new AppError("not_found", "There is no such file in this conversation.");
      await removeDocument(documentId);
    },
    removeBase,
    removeAll: (place) => removeBase(baseOf(place)),
    async sweep() {
      for (const [base, attached] of await index.attachmentBases()) {
        const latest = Math.max(...attached.map(({ updated_at }) => updated_at));
        if (latest > ports.clock.now() - ports.unaskedMs || (await isWanted(base, ports))) continue;
        await removeBase(base);
      }
    },
  };
}

/** While the store of conversations is away, nobody knows; then everything is wanted. */
async function isWanted(base: string, { conversations }: AttachmentPorts): Promise<boolean> {
  const sessionId = sessionOfAttachments(base);
  if (sessionId === null) return false;
  try {
    const conversation = await conversations.conversation(sessionId);
    return conversation !== null && mayRead(base, conversation.owner);
  } catch (error) {
    if (isUnavailable(error)) return true;
    throw error;
  }
}

function toAttachment({ name, state, error, error_code, passages }: Job, document_id: string): Attachment {
  return { document_id, name, state, error, error_code, passages };
}

function tooMany(): AppError {
  const message = `A conversation may have ${MAX_ATTACHMENTS} files; remove one of them first.`;
  return new AppError("conflict", message);
}
