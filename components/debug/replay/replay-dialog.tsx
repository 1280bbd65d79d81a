"use client";

import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useMemo, useState } from "react";
import { useKnowledgeBases } from "@/components/chat/data/use-knowledge-bases";
import { useMe } from "@/components/chat/data/use-me";
import { foreignLanguage } from "@/components/chat/foreign-language";
import { AUTO_KB } from "@/components/chat/page/kb-picker";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { GENERAL_KB } from "@/lib/domain/general-kb";
import type { RunRecord } from "@/lib/domain/run-record";
import { changeDraft, changedFields, draftProblems, toDraft } from "./replay-draft";
import { ReplayForm } from "./replay-form";
import { type ReplayFailure, useReplay } from "./use-replay";

interface ReplayDialogProps {
  record: RunRecord;
  onSelectRequest(requestId: string): void;
  onClose(): void;
}

/** Asks the same question again with other settings. The run may go on meanwhile: the form keeps its beginning. */
export function ReplayDialog({ record, onSelectRequest, onClose }: ReplayDialogProps) {
  const t = useTranslations("debug.replay");
  const common = useTranslations("common");
  const [original] = useState(() => toDraft(record));
  const [draft, setDraft] = useState(original);
  const knowledgeBases = useKnowledgeBases();
  const prefixes = useMemo(
    () => knowledgeBases && [AUTO_KB, GENERAL_KB, ...knowledgeBases.map(({ prefix }) => prefix)],
    [knowledgeBases],
  );
  const problems = draftProblems(draft, prefixes ?? null);
  const changed = changedFields(draft, original);
  const { send, sending, failure } = useReplay({ record, onSelectRequest, onStarted: onClose });
  const invalid = Object.keys(problems).length > 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!invalid && !sending) void send(draft);
  };
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent
        title={t("title")}
        closeLabel={common("close")}
        className="top-[6vh]! max-h-[88vh]! max-w-160! max-sm:top-0! max-sm:max-h-dvh! max-sm:w-screen max-sm:max-w-none! max-sm:rounded-none"
      >
        <form onSubmit={submit} className="flex min-h-0 flex-1 flex-col text-chrome">
          <div className="min-h-0 flex-1 overflow-auto px-4 py-3">
            <Question text={record.message} />
            <ReplayForm
              draft={draft}
              original={original}
              problems={problems}
              changed={changed}
              knowledgeBases={knowledgeBases}
              extractive={useMe()?.model.extractive === true}
              onChange={(field, value) => setDraft((before) => changeDraft(before, field, value))}
            />
          </div>
          {failure ? <Failure failure={failure} /> : null}
          <footer className="flex flex-none flex-wrap items-center gap-2 border-line border-t bg-bg1 px-4 py-2.5">
            <span role="status" className="min-w-0 flex-1 text-fg2 text-meta">
              {changed.length === 0 ? t("noChange") : t("changed", { n: changed.length })}
            </span>
            <Button variant="ghost" disabled={changed.length === 0} onClick={() => setDraft(original)}>
              {t("reset")}
            </Button>
            <Button type="submit" variant="primary" disabled={invalid || sending}>
              {t(sending ? "sending" : "send")}
            </Button>
          </footer>
        </form>
      </DialogContent>
    </Dialog>
  );
}

/** The question cannot be changed: it is what makes two runs comparable. */
function Question({ text }: { text: string }) {
  const t = useTranslations("debug.replay");
  const page = useLocale();
  return (
    <div className="mb-3">
      <p className="line-clamp-3 rounded-row bg-bg2 px-2.5 py-1.5" lang={foreignLanguage(text, page)}>
        {text}
      </p>
      <p className="mt-1 text-fg2 text-label">{t("explain")}</p>
    </div>
  );
}

function Failure({ failure }: { failure: ReplayFailure }) {
  const t = useTranslations("debug.replay");
  const text = failure.kind === "refused" ? failure.message : t(`failure.${failure.kind}`);
  return (
    <p role="alert" className="flex-none border-err-line border-t bg-err-bg px-4 py-2 text-err text-meta">
      {text}
    </p>
  );
}
