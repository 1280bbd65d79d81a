import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { FIELD_BOX, Field, TextArea, TextInput } from "@/components/ui/text-field";
import { type DatasetDraft, MAX_EXPECTED_CHARACTERS } from "@/lib/domain/dataset";
import type { DatasetChoice } from "./use-dataset";

/** No dataset has a name of nothing: the choice of a new one. */
const NEW = "";
const MAX_NAME_CHARACTERS = 200;

interface DatasetFormProps {
  draft: DatasetDraft;
  adding: boolean;
  failure: { reason: string | null } | null;
  onAdd(choice: DatasetChoice): void;
  onCancel(): void;
}

/** Which dataset, and what is expected; the answer as it was is where that begins. */
export function DatasetForm({ draft, adding, failure, onAdd, onCancel }: DatasetFormProps) {
  const t = useTranslations();
  const [chosen, setChosen] = useState(draft.datasets[0] ?? NEW);
  const [name, setName] = useState("");
  const [expected, setExpected] = useState(draft.expected_output.slice(0, MAX_EXPECTED_CHARACTERS));
  const [tried, setTried] = useState(false);
  const dataset = chosen === NEW ? name.trim() : chosen;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (dataset === "" || expected.trim() === "") return;
    onAdd({ dataset, create: chosen === NEW, expected_output: expected.trim() });
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      {draft.datasets.length > 0 ? (
        <ChooseDataset datasets={draft.datasets} value={chosen} onChange={setChosen} />
      ) : null}
      {chosen === NEW ? (
        <Field
          label={t("debug.dataset.name")}
          error={tried && dataset === "" ? t("debug.dataset.nameRequired") : null}
        >
          {(control) => (
            <TextInput
              {...control}
              value={name}
              maxLength={MAX_NAME_CHARACTERS}
              onChange={({ target }) => setName(target.value)}
            />
          )}
        </Field>
      ) : null}
      <Question input={draft.input} />
      <Field
        label={t("debug.dataset.expected")}
        hint={t("debug.dataset.expectedHint")}
        error={tried && expected.trim() === "" ? t("debug.dataset.required") : null}
      >
        {(control) => (
          <TextArea
            {...control}
            rows={8}
            value={expected}
            maxLength={MAX_EXPECTED_CHARACTERS}
            onChange={({ target }) => setExpected(target.value)}
          />
        )}
      </Field>
      {failure ? (
        <p role="alert" className="text-err">
          {t("debug.dataset.notAdded", { reason: failure.reason ?? t("debug.dataset.unknown") })}
        </p>
      ) : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>{t("common.cancel")}</Button>
        <Button type="submit" variant="primary" disabled={adding}>
          {adding ? t("debug.dataset.adding") : t("debug.dataset.add")}
        </Button>
      </div>
    </form>
  );
}

interface ChooseDatasetProps {
  datasets: readonly string[];
  value: string;
  onChange(value: string): void;
}

function ChooseDataset({ datasets, value, onChange }: ChooseDatasetProps) {
  const t = useTranslations("debug.dataset");
  return (
    <Field label={t("dataset")}>
      {(control) => (
        <select
          {...control}
          value={value}
          onChange={({ target }) => onChange(target.value)}
          className={cn(FIELD_BOX, "h-8 max-sm:h-10")}
        >
          {datasets.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
          <option value={NEW}>{t("new")}</option>
        </select>
      )}
    </Field>
  );
}

function Question({ input: { message, history } }: Pick<DatasetDraft, "input">) {
  const t = useTranslations("debug.dataset");
  return (
    <div className="grid gap-1">
      <b className="font-medium">{t("question")}</b>
      <p className="max-h-24 overflow-y-auto whitespace-pre-wrap rounded-chip bg-bg2 px-2 py-1.5 [overflow-wrap:anywhere]">
        {message}
      </p>
      {history.length > 0 ? (
        <p className="text-fg2 text-meta">{t("history", { n: history.length })}</p>
      ) : null}
    </div>
  );
}
