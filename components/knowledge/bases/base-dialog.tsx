"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Field, TextArea, TextInput } from "@/components/ui/text-field";
import { KB_LIMITS, type KnowledgeBaseDetail } from "@/lib/domain/knowledge-base";
import { FailureLine } from "../page/failure-line";
import { basePath } from "../page/knowledge-paths";
import { KeywordsField } from "./keywords-field";
import { PrefixField } from "./prefix-field";
import { useBaseForm } from "./use-base-form";
import { useProblemText } from "./use-problem-text";

interface BaseDialogProps {
  /** null makes a new one. */
  base: KnowledgeBaseDetail | null;
  onClose(): void;
}

/** Creates a knowledge base and goes there, or edits one. */
export function BaseDialog({ base, onClose }: BaseDialogProps) {
  const t = useTranslations();
  const router = useRouter();
  const form = useBaseForm(base, (prefix) => {
    onClose();
    if (!base) router.push(basePath(prefix));
  });
  const title = base ? t("knowledge.form.edit", { title: base.title }) : t("knowledge.form.create");
  return (
    <Dialog open onOpenChange={(open) => !open && !form.busy && onClose()}>
      <DialogContent
        title={title}
        closeLabel={t("common.close")}
        className="top-[8vh]! max-h-[84vh]! max-w-140!"
      >
        <form
          noValidate
          className="flex min-h-0 flex-1 flex-col"
          onSubmit={(event) => {
            event.preventDefault();
            void form.submit(event.currentTarget);
          }}
        >
          <div className="grid min-h-0 flex-1 content-start gap-4 overflow-auto p-4">
            {base?.origin === "bundled" ? (
              <p className="text-fg1">{t("knowledge.form.bundledNote")}</p>
            ) : null}
            <BaseFields form={form} isNew={base === null} />
            <FailureLine message={form.failure} />
          </div>
          <footer className="flex flex-none justify-end gap-2 border-line border-t px-4 py-3">
            <Button onClick={onClose} disabled={form.busy}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" variant="primary" disabled={form.busy}>
              {form.busy
                ? t("knowledge.form.saving")
                : t(base ? "knowledge.form.submitEdit" : "knowledge.form.submitCreate")}
            </Button>
          </footer>
        </form>
      </DialogContent>
    </Dialog>
  );
}

function BaseFields({ form, isNew }: { form: ReturnType<typeof useBaseForm>; isNew: boolean }) {
  const t = useTranslations("knowledge.form");
  const problemText = useProblemText();
  const { draft, change, touch } = form;
  const errorOf = (field: keyof typeof draft) => problemText(form.problemOf(field));
  return (
    <>
      <Field label={t("title")} error={errorOf("title")}>
        {(control) => (
          <TextInput
            {...control}
            autoComplete="off"
            value={draft.title}
            onChange={(event) => change({ title: event.target.value })}
            onBlur={() => draft.title !== "" && touch("title")}
          />
        )}
      </Field>
      {isNew ? <PrefixField form={form} /> : null}
      <Field
        label={t("description")}
        note={t("optional")}
        hint={t("descriptionHint")}
        error={errorOf("description")}
      >
        {(control) => (
          <TextArea
            {...control}
            value={draft.description}
            onChange={(event) => change({ description: event.target.value })}
            onBlur={() => touch("description")}
          />
        )}
      </Field>
      <Field
        label={t("keywords")}
        note={t("count", { count: draft.keywords.length, max: KB_LIMITS.keywords })}
        hint={t("keywordsHint")}
        error={errorOf("keywords")}
      >
        {(control) => (
          <KeywordsField
            control={control}
            keywords={draft.keywords}
            onChange={(keywords) => {
              change({ keywords });
              touch("keywords");
            }}
          />
        )}
      </Field>
      <Field
        label={t("suggested")}
        note={t("optional")}
        hint={t("suggestedHint")}
        error={errorOf("suggested")}
      >
        {(control) => (
          <TextArea
            {...control}
            rows={3}
            value={draft.suggested}
            onChange={(event) => change({ suggested: event.target.value })}
            onBlur={() => touch("suggested")}
          />
        )}
      </Field>
    </>
  );
}
