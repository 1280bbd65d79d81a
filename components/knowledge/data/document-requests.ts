import { request, sendJson } from "@/components/chat/data/api-client";
import { refreshBases } from "./use-base-list";
import { refreshDocuments } from "./use-documents";
import { forgetEnd, refreshJobs } from "./use-jobs";

export function documentPath(kbPrefix: string, documentId: string): string {
  return `/api/knowledge-bases/${kbPrefix}/documents/${encodeURIComponent(documentId)}`;
}

export async function setDocumentEnabled(
  kbPrefix: string,
  documentId: string,
  enabled: boolean,
): Promise<void> {
  await sendJson("PATCH", documentPath(kbPrefix, documentId), { enabled });
  await refreshDocuments(kbPrefix);
}

export async function deleteDocument(kbPrefix: string, documentId: string): Promise<void> {
  await request(documentPath(kbPrefix, documentId), { method: "DELETE" });
  // Not waited for: the page of what is gone is left first.
  void refreshDocuments(kbPrefix);
  void refreshBases();
}

export async function reindexDocument(kbPrefix: string, documentId: string): Promise<void> {
  await request(`${documentPath(kbPrefix, documentId)}/reindex`, { method: "POST" });
  await refreshJobs(kbPrefix);
}

export async function reindexBase(kbPrefix: string): Promise<void> {
  await request(`/api/knowledge-bases/${kbPrefix}/reindex`, { method: "POST" });
  await refreshJobs(kbPrefix);
}

export async function retryJob(kbPrefix: string, jobId: string): Promise<void> {
  await request(`/api/jobs/${jobId}/retry`, { method: "POST" });
  forgetEnd(jobId);
  await refreshJobs(kbPrefix);
}

export async function setPassageEnabled(passageId: string, enabled: boolean): Promise<void> {
  await sendJson("PATCH", `/api/passages/${encodeURIComponent(passageId)}`, { enabled });
}
