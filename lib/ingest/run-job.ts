import { AppError } from "@/lib/errors";
import { isAttachmentBase } from "@/lib/retrieval/attachment-base";
import type { DocumentIndex, NewDocument } from "@/lib/retrieval/document-index";
import type { parseFile } from "@/lib/retrieval/parse/parse-file";
import type { PassageIndex } from "@/lib/retrieval/passage-index";
import type { JobRecord } from "@/lib/store/job-store";
import type { JobHold } from "./hold-lease";
import type { JobProgress } from "./job-progress";
import type { UploadFolder } from "./upload-folder";

export interface JobPorts {
  documents: DocumentIndex;
  index: Pick<PassageIndex, "knowledgeBase">;
  uploads: UploadFolder;
  parse: typeof parseFile;
}

/**
 * Takes a document through the stages into the index. Until the last one nothing of it can be found, and what
 * was there before stays. Throws what is wrong with the file, or the signal's reason.
 */
export async function runJob(
  progress: JobProgress,
  ports: JobPorts,
  signal: AbortSignal,
  hold: JobHold,
): Promise<void> {
  const { documents } = ports;
  const job = progress.current();
  const document = await readDocument(job, progress, ports, signal);
  if (job.source === "upload" && (await documents.has(document))) {
    const passages = (await documents.facts(job.target))?.passages ?? null;
    progress.change({ unchanged: true, passages });
    return;
  }
  const cut = await progress.stage("chunk", (onProgress) => documents.cut(document, { signal, onProgress }));
  if (documents.embeds) {
    await progress.stage("embed", (onProgress) => documents.embed(cut, { signal, onProgress }));
  }
  await progress.stage("index", async (onProgress) => {
    onProgress(0, cut.rows.length);
    await documents.findTriples(cut, { again: job.source === "index", signal, onProgress });
    signal.throwIfAborted();
    // A conversation's files have no knowledge base that is listed; deleting it takes the job away.
    if (!isAttachmentBase(job.kb_prefix) && !(await ports.index.knowledgeBase(job.kb_prefix))) {
      throw new AppError("not_found", "The knowledge base was deleted meanwhile.");
    }
    await hold.confirm();
    await documents.put(cut);
    // A deletion that came between the last look and the write has not seen what was written.
    if (await hold.isDeleted()) {
      await documents.remove(job.target);
      throw new AppError("not_found", "The document was deleted meanwhile.");
    }
    onProgress(cut.rows.length, cut.rows.length);
  });
  progress.change({ passages: cut.rows.length });
}

async function readDocument(
  { source, target, job_id, kb_prefix, name }: JobRecord,
  progress: JobProgress,
  { documents, uploads, parse }: JobPorts,
  signal: AbortSignal,
): Promise<NewDocument> {
  if (source === "index") {
    const document = await documents.source(target);
    if (!document) throw new AppError("not_found", "The document is no longer there.");
    return document;
  }
  return progress.stage("parse", async (onProgress) => {
    onProgress(0, 1);
    const bytes = await uploads.read(job_id);
    if (!bytes) throw new AppError("not_found", "The file is no longer kept; upload it again.");
    const parsed = await parse({ name, bytes }, { signal });
    onProgress(1, 1);
    return { kb_prefix, name, origin: "upload", bytes: bytes.byteLength, ...parsed };
  });
}
