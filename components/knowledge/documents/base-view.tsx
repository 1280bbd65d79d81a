"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { KnowledgeBaseDetail } from "@/lib/domain/knowledge-base";
import { type BaseAction, BaseDialogs } from "../bases/base-dialogs";
import { BaseMenu } from "../bases/base-menu";
import { reindexBase } from "../data/document-requests";
import { useBase } from "../data/use-base";
import { useSave } from "../data/use-save";
import { Breadcrumb } from "../page/breadcrumb";
import { FailureLine } from "../page/failure-line";
import { BASES_PATH } from "../page/knowledge-paths";
import { KnowledgeShell } from "../page/knowledge-shell";
import { LoadedContent } from "../page/loaded-content";
import { PageNotice } from "../page/page-notice";
import { DropZone } from "../uploads/drop-zone";
import { UploadPanel } from "../uploads/upload-panel";
import { uploads } from "../uploads/uploads";
import { useFileDrop } from "../uploads/use-file-drop";
import { useUploadRows } from "../uploads/use-upload-rows";
import { BaseFacts } from "./base-facts";
import { DocumentList } from "./document-list";

/** The page of one knowledge base: what it is, what is on its way into it, and its documents. */
export function BaseView({ prefix }: { prefix: string }) {
  const t = useTranslations("knowledge");
  const router = useRouter();
  const loaded = useBase(prefix);
  const [action, setAction] = useState<BaseAction | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const save = useSave();
  const reindex = async () => setFailure(await save(() => reindexBase(prefix)));
  const title = loaded.state === "ready" ? loaded.value.title : prefix;
  const header = (
    <>
      <Breadcrumb above={[{ href: BASES_PATH, label: t("nav.bases") }]} title={title} />
      {loaded.state === "ready" ? (
        <BaseMenu base={loaded.value} onAction={setAction} onReindex={() => void reindex()} />
      ) : null}
    </>
  );
  return (
    <KnowledgeShell title={title} header={header}>
      <FailureLine message={failure} className="mb-3" />
      <LoadedContent
        loaded={loaded}
        label={t("base.loading")}
        missing={
          <PageNotice
            title={t("base.missing")}
            text={t("base.missingText", { prefix })}
            href={BASES_PATH}
            label={t("nav.bases")}
          />
        }
      >
        {(base) => <BaseContent base={base} onEdit={() => setAction({ type: "edit", prefix })} />}
      </LoadedContent>
      <BaseDialogs
        action={action}
        onClose={() => setAction(null)}
        onDeleted={() => router.push(BASES_PATH)}
      />
    </KnowledgeShell>
  );
}

function BaseContent({ base, onEdit }: { base: KnowledgeBaseDetail; onEdit(): void }) {
  const { rows, dismiss } = useUploadRows(base.prefix);
  const add = (files: Parameters<typeof uploads.add>[1]) => uploads.add(base.prefix, files);
  const dragging = useFileDrop(add);
  return (
    <div className="grid gap-6">
      <BaseFacts base={base} onEdit={onEdit} />
      <div className="grid gap-3">
        <DropZone dragging={dragging} onFiles={add} />
        <UploadPanel kbPrefix={base.prefix} rows={rows} onDismiss={dismiss} />
      </div>
      <DocumentList kbPrefix={base.prefix} />
    </div>
  );
}
