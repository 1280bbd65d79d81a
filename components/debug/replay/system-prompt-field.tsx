import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Button } from "@/components/ui/button";
import { MASK } from "@/lib/domain/mask";
import { defaultPrompt, isDefaultPrompt } from "@/lib/domain/system-prompt";
import { diffTexts } from "@/lib/run-view/diff-texts";
import { formatCount } from "@/lib/run-view/format";
import { DiffText } from "../compare/diff-text";
import { CONTROL, Field } from "./field";
import { type ReplayFormProps, useFieldProps } from "./form-props";

/** The system prompt, what was changed in it, and the way back to the server's own. */
export function SystemPromptField(props: ReplayFormProps) {
  const t = useTranslations("debug.replay");
  const { draft, original, changed, onChange } = props;
  const edited = changed.includes("system_prompt");
  const field = useFieldProps(props, "system_prompt");
  const masked = draft.system_prompt.includes(MASK) ? t("promptMasked") : null;
  return (
    <div className="col-span-full grid gap-2">
      <Field
        {...field}
        before={edited ? t("characters", { n: formatCount(original.system_prompt.length) }) : null}
        hint={masked ?? t("characters", { n: formatCount(draft.system_prompt.length) })}
      >
        {(control) => (
          <textarea
            {...control}
            rows={7}
            value={draft.system_prompt}
            spellCheck={false}
            onChange={({ target }) => onChange("system_prompt", target.value)}
            className={`${CONTROL} mono h-auto resize-y py-1.5 leading-[1.25rem] max-sm:h-auto`}
          />
        )}
      </Field>
      <div className="flex flex-wrap items-center gap-2 empty:hidden">
        {isDefaultPrompt(draft.system_prompt) ? null : (
          <Button size="sm" onClick={() => onChange("system_prompt", defaultPrompt(draft.kb_prefix))}>
            {t("toDefault")}
          </Button>
        )}
        {edited ? (
          <Button size="sm" variant="ghost" onClick={() => onChange("system_prompt", original.system_prompt)}>
            {t("toOriginal")}
          </Button>
        ) : null}
      </div>
      {edited ? <Changes before={original.system_prompt} after={draft.system_prompt} /> : null}
    </div>
  );
}

function Changes({ before, after }: { before: string; after: string }) {
  const t = useTranslations("debug.replay");
  const diff = useMemo(() => diffTexts(after, before), [after, before]);
  return (
    <details className="rounded-row border border-line">
      <summary className="px-2 py-1 text-fg1 text-meta max-sm:py-2">{t("changes")}</summary>
      <div className="max-h-48 overflow-auto border-line border-t px-2 py-1.5">
        <DiffText diff={diff} className="mono leading-[1.25rem]" />
      </div>
    </details>
  );
}
