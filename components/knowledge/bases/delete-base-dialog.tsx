"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field, TextInput } from "@/components/ui/text-field";
import type { KnowledgeBaseDetail } from "@/lib/domain/knowledge-base";
import { deleteBase } from "../data/base-requests";
import { useSave } from "../data/use-save";

interface DeleteBaseDialogProps {
  base: KnowledgeBaseDetail;
  onClose(): void;
  onDeleted: (() => void) | undefined;
}

/** Deletes a knowledge base once its prefix was typed. */
export function DeleteBaseDialog({ base, onClose, onDeleted }: DeleteBaseDialogProps) {
  const t = useTranslations();
  const save = useSave();
  const [typed, setTyped] = useState("");
  const { title, prefix, documents, passages, origin } = base;
  return (
    <ConfirmDialog
      title={t("knowledge.remove.title", { title })}
      text={
        <>
          {t("knowledge.remove.text", { documents, passages })}
          {origin === "bundled" ? ` ${t("knowledge.remove.bundled")}` : ""}
        </>
      }
      confirmLabel={t("knowledge.remove.confirm")}
      busyLabel={t("knowledge.remove.deleting")}
      cancelLabel={t("common.cancel")}
      ready={typed.trim() === prefix}
      onConfirm={async () => {
        const problem = await save(() => deleteBase(prefix));
        if (problem === null) onDeleted?.();
        return problem;
      }}
      onClose={onClose}
    >
      <Field
        label={t.rich("knowledge.remove.type", {
          prefix,
          code: (chunks) => <code className="mono rounded-chip bg-bg2 px-1 py-px">{chunks}</code>,
        })}
      >
        {(control) => (
          <TextInput
            {...control}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  );
}
