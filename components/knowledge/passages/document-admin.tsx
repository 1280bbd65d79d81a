"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { DocumentDetail } from "@/lib/domain/job";
import { useBase } from "../data/use-base";
import { useDocument } from "../data/use-document";
import { DeleteDocumentDialog } from "../documents/delete-document-dialog";
import { DocumentMenu } from "../documents/document-menu";
import { Breadcrumb } from "../page/breadcrumb";
import { FailureLine } from "../page/failure-line";
import { BASES_PATH, basePath } from "../page/knowledge-paths";
import { KnowledgeShell } from "../page/knowledge-shell";
import { LoadedContent } from "../page/loaded-content";
import { PageNotice } from "../page/page-notice";
import { DocumentFacts } from "./document-facts";
import { PassageList } from "./passage-list";

interface DocumentAdminProps {
  kbPrefix: string;
  documentId: string;
}

/** The page of one document: how it came in, and the passages that it was cut into. */
export function DocumentAdmin({ kbPrefix, documentId }: DocumentAdminProps) {
  const t = useTranslations("knowledge");
  const base = useBase(kbPrefix);
  const loaded = useDocument(kbPrefix, documentId);
  const baseTitle = base.state === "ready" ? base.value.title : kbPrefix;
  const title = loaded.state === "ready" ? loaded.value.title : t("passages.document");
  const above = [
    { href: BASES_PATH, label: t("nav.bases") },
    { href: basePath(kbPrefix), label: baseTitle },
  ];
  const [failure, setFailure] = useState<string | null>(null);
  const header = (
    <>
      <Breadcrumb above={above} title={title} />
      {loaded.state === "ready" ? (
        <DocumentActions kbPrefix={kbPrefix} document={loaded.value} onFailure={setFailure} />
      ) : null}
    </>
  );
  return (
    <KnowledgeShell title={title} header={header}>
      <FailureLine message={failure} className="mb-3" />
      <LoadedContent
        loaded={loaded}
        label={t("documents.loading")}
        missing={
          <PageNotice
            title={t("passages.missing")}
            text={t("passages.missingText")}
            href={basePath(kbPrefix)}
            label={baseTitle}
          />
        }
      >
        {(document) => (
          <div className="grid gap-6">
            <DocumentFacts kbPrefix={kbPrefix} document={document} />
            {/* Passages of another version have other ids: the list begins anew. */}
            <PassageList key={document.updated_at} kbPrefix={kbPrefix} documentId={documentId} />
          </div>
        )}
      </LoadedContent>
    </KnowledgeShell>
  );
}

interface DocumentActionsProps {
  kbPrefix: string;
  document: DocumentDetail;
  onFailure(message: string | null): void;
}

function DocumentActions({ kbPrefix, document, onFailure }: DocumentActionsProps) {
  const router = useRouter();
  const [deleting, setDeleting] = useState(false);
  return (
    <>
      <DocumentMenu
        kbPrefix={kbPrefix}
        document={document}
        onDelete={() => setDeleting(true)}
        onFailure={onFailure}
      />
      {deleting ? (
        <DeleteDocumentDialog
          kbPrefix={kbPrefix}
          document={document}
          onClose={() => setDeleting(false)}
          onDeleted={() => router.push(basePath(kbPrefix))}
        />
      ) : null}
    </>
  );
}
