"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { MAX_QUESTION } from "@/lib/domain/question-limit";
import { useAutoHeight } from "../composer/use-auto-height";
import { isComposing } from "../is-composing";

interface QuestionEditorProps {
  text: string;
  onSend(text: string): void;
  onCancel(): void;
}

/** Enter sends the edited question, Escape leaves it as it was. */
export function QuestionEditor({ text, onSend, onCancel }: QuestionEditorProps) {
  const t = useTranslations();
  const [edited, setEdited] = useState(text);
  const field = useRef<HTMLTextAreaElement>(null);
  useAutoHeight(field, edited);
  const trimmed = edited.trim();
  const ready = trimmed !== "" && trimmed.length <= MAX_QUESTION;
  const send = () => {
    if (!ready) return;
    if (trimmed === text) onCancel();
    else onSend(trimmed);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      send();
    }
    if (event.key === "Escape") {
      event.preventDefault();
      onCancel();
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      className="mb-4 grid gap-2 rounded-bubble border border-line2 bg-bg2 p-2 focus-within:border-accent"
    >
      <textarea
        ref={field}
        rows={1}
        // biome-ignore lint/a11y/noAutofocus: the reader has just asked to edit this text
        autoFocus
        aria-label={t("turns.editLabel")}
        value={edited}
        onFocus={({ target }) => target.setSelectionRange(target.value.length, target.value.length)}
        onChange={(event) => setEdited(event.target.value)}
        onKeyDown={onKeyDown}
        className="block min-h-10 w-full resize-none bg-transparent px-1.5 py-1 text-chat outline-none pointer-coarse:text-[16px]"
      />
      <div className="flex items-center justify-end gap-2">
        <p className="min-w-0 flex-1 px-1.5 text-fg2 text-meta">
          {trimmed.length > MAX_QUESTION
            ? t("composer.tooLong", { count: trimmed.length - MAX_QUESTION })
            : t("turns.editNote")}
        </p>
        <Button onClick={onCancel}>{t("common.cancel")}</Button>
        <Button type="submit" variant="primary" disabled={!ready}>
          {t("composer.send")}
        </Button>
      </div>
    </form>
  );
}
