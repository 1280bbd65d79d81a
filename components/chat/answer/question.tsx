"use client";

import { Pencil } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { foreignLanguage } from "../foreign-language";
import { QuestionEditor } from "./question-editor";

interface QuestionProps {
  text: string;
  /** Asks it in other words, as a version of its own; null while another answer is being made. */
  onEdit: ((text: string) => void) | null;
}

/** What was asked, with the way to ask it in other words. */
export function Question({ text, onEdit }: QuestionProps) {
  const t = useTranslations("turns");
  const page = useLocale();
  const [editing, setEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setEditing(false);
    requestAnimationFrame(() => button.current?.focus());
  };
  if (editing && onEdit) {
    return (
      <QuestionEditor
        text={text}
        onCancel={close}
        onSend={(edited) => {
          setEditing(false);
          onEdit(edited);
        }}
      />
    );
  }
  return (
    <div className="group/question mb-4 flex items-center justify-end gap-1">
      <IconButton
        ref={button}
        icon={Pencil}
        size="sm"
        label={t("edit")}
        disabled={onEdit === null}
        onClick={() => setEditing(true)}
        className="pointer-fine:opacity-0 focus-visible:opacity-100 pointer-fine:group-hover/question:opacity-100 print:hidden"
      />
      <h2
        data-quotable
        lang={foreignLanguage(text, page)}
        className="wrap-anywhere max-w-[84%] whitespace-pre-wrap rounded-bubble rounded-br-chip bg-bg2 px-3.5 py-2 text-chat @max-[680px]/chat:text-dense @max-[460px]/chat:text-chat"
      >
        {text}
      </h2>
    </div>
  );
}
