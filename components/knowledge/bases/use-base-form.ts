"use client";

import { useState } from "react";
import { ApiFailure } from "@/components/chat/data/api-client";
import type { KnowledgeBaseDetail } from "@/lib/domain/knowledge-base";
import { createBase, updateBase } from "../data/base-requests";
import { refreshBases, useBaseList } from "../data/use-base-list";
import { useSave } from "../data/use-save";
import {
  type BaseDraft,
  changesOf,
  checkDraft,
  type DraftProblem,
  fromDraft,
  suggestPrefix,
  toDraft,
} from "./base-draft";

/** The form of a new knowledge base, or of one that is edited. */
export function useBaseForm(base: KnowledgeBaseDetail | null, onDone: (prefix: string) => void) {
  const save = useSave();
  const { bases } = useBaseList();
  const [draft, setDraft] = useState(() => toDraft(base));
  const [touched, setTouched] = useState<ReadonlySet<keyof BaseDraft>>(new Set());
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const taken = (bases ?? []).map(({ prefix }) => prefix).filter((prefix) => prefix !== base?.prefix);
  const problems = checkDraft(draft, taken);

  const change = (patch: Partial<BaseDraft>) => {
    // The prefix follows the title until it is written by hand.
    const follows = base === null && !touched.has("prefix") && patch.title !== undefined;
    setDraft({ ...draft, ...(follows && { prefix: suggestPrefix(patch.title ?? "") }), ...patch });
    if (patch.prefix !== undefined) touch("prefix");
  };
  const touch = (...fields: (keyof BaseDraft)[]) => setTouched((before) => new Set([...before, ...fields]));

  const submit = async (form: HTMLFormElement) => {
    touch("prefix", "title", "description", "keywords", "suggested");
    if (Object.values(problems).some((problem) => problem !== null)) {
      // The complaints are drawn first, then the first of them gets the focus.
      requestAnimationFrame(() => form.querySelector<HTMLElement>("[aria-invalid]")?.focus());
      return;
    }
    setBusy(true);
    const problem = await save(() =>
      base ? edit(base, draft) : createBase(fromDraft(draft)).catch(knowTaken),
    );
    setBusy(false);
    setFailure(problem);
    if (problem === null) onDone(draft.prefix);
  };

  return {
    draft,
    change,
    touch,
    /** The problem of a field that was left or submitted. */
    problemOf: (field: keyof BaseDraft): DraftProblem | null => (touched.has(field) ? problems[field] : null),
    prefixIsFree: base === null && bases !== undefined && draft.prefix !== "" && problems.prefix === null,
    busy,
    failure,
    submit,
  };
}

async function edit(base: KnowledgeBaseDetail, draft: BaseDraft): Promise<void> {
  const changes = changesOf(draft, base);
  if (Object.keys(changes).length > 0) await updateBase(base.prefix, changes);
}

/** Somebody else took the prefix meanwhile: the list has it from now on. */
async function knowTaken(error: unknown): Promise<never> {
  if (error instanceof ApiFailure && error.status === 409) await refreshBases();
  throw error;
}
