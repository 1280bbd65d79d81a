"use client";

import { useTranslations } from "next-intl";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { DocumentSummary } from "@/lib/domain/document";
import { deleteDocument } from "../data/document-requests";
import { useSave } from "../data/use-save";

interface DeleteDocumentDialogProps {
  kbPrefix: string;
  document: Pick<DocumentSummary, "document_id" | "title" | "name" | "passages">;
  onClose(): void;
  onDeleted?(): void;
}

export function DeleteDocumentDialog({ kbPrefix, document, onClose, onDeleted }: DeleteDocumentDialogProps) {
  const t = useTranslations();
  const save = useSave();
  const { document_id, title, name, passages } = document;
  return (
    <ConfirmDialog
      title={t("knowledge.remove.title", { title })}
      text={t("knowledge.documents.deleteText", { name, passages })}
      confirmLabel={t("knowledge.remove.confirm")}
      busyLabel={t("knowledge.remove.deleting")}
      cancelLabel={t("common.cancel")}
      onConfirm={async () => {
        const problem = await save(() => deleteDocument(kbPrefix, document_id));
        if (problem === null) onDeleted?.();
        return problem;
      }}
      onClose={onClose}
    />
  );
}
