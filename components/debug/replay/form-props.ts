import { useTranslations } from "next-intl";
import type { KnowledgeBaseSummary } from "@/lib/domain/knowledge-base-summary";
import type { ReplayDraft, ReplayField, ReplayProblem } from "./replay-draft";

export interface ReplayFormProps {
  draft: ReplayDraft;
  original: ReplayDraft;
  problems: Partial<Record<ReplayField, ReplayProblem>>;
  changed: readonly ReplayField[];
  /** Undefined while the list is not known. */
  knowledgeBases: readonly KnowledgeBaseSummary[] | undefined;
  /** The built-in model, which takes the passages alone into account. */
  extractive: boolean;
  onChange(field: ReplayField, value: string): void;
}

/** As the server has them. */
export const LIMITS = {
  top_k: { min: 1, max: 50 },
  context_tokens: { min: 256, max: 128_000 },
  temperature: { min: 0, max: 2 },
} as const;

/** What every field says of its value; `nameOf` says it in the words of its choices. */
export function useFieldProps(
  { original, problems, changed }: ReplayFormProps,
  field: ReplayField,
  nameOf: (value: string) => string = (value) => value,
) {
  const t = useTranslations("debug.replay");
  const problem = problems[field];
  const before = original[field] === "" ? t("modelDefault") : nameOf(original[field]);
  return {
    label: field,
    before: changed.includes(field) ? before : null,
    problem: problem ? problemText(t, field, problem) : null,
  };
}

type Translate = ReturnType<typeof useTranslations<"debug.replay">>;

function problemText(t: Translate, field: ReplayField, problem: ReplayProblem): string {
  if (problem !== "range") return t(`problem.${problem}`);
  return field === "top_k" || field === "context_tokens" || field === "temperature"
    ? t(`problem.${field}`, LIMITS[field])
    : "";
}
