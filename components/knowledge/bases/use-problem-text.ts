"use client";

import { useTranslations } from "next-intl";
import type { DraftProblem } from "./base-draft";

/** The sentence for what is wrong with a field. */
export function useProblemText(): (problem: DraftProblem | null) => string | null {
  const t = useTranslations("knowledge.invalid");
  return (problem) => {
    if (problem === null) return null;
    return "max" in problem ? t(problem.code, { max: problem.max }) : t(problem.code);
  };
}
