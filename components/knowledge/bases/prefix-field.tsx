"use client";

import { useTranslations } from "next-intl";
import { Field, TextInput } from "@/components/ui/text-field";
import type { useBaseForm } from "./use-base-form";
import { useProblemText } from "./use-problem-text";

/** The prefix of a new knowledge base; says while it is typed whether it can be taken. */
export function PrefixField({ form }: { form: ReturnType<typeof useBaseForm> }) {
  const t = useTranslations("knowledge.form");
  const problemText = useProblemText();
  return (
    <Field
      label={t("prefix")}
      hint={t("prefixHint")}
      error={problemText(form.problemOf("prefix"))}
      success={form.prefixIsFree ? t("prefixFree") : null}
    >
      {(control) => (
        <TextInput
          {...control}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          className="mono"
          value={form.draft.prefix}
          onChange={(event) => form.change({ prefix: event.target.value })}
        />
      )}
    </Field>
  );
}
