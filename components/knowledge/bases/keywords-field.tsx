"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useRef, useState } from "react";
import { isComposing } from "@/components/chat/is-composing";
import { cn } from "@/components/ui/cn";
import { Icon } from "@/components/ui/icon";
import { FIELD_BOX, type FieldControl } from "@/components/ui/text-field";
import { addKeywords } from "./base-draft";

interface KeywordsFieldProps {
  control: FieldControl;
  keywords: readonly string[];
  onChange(keywords: string[]): void;
}

/** Keywords as chips. Enter, a comma or leaving the field adds; Backspace in the empty field takes the last. */
export function KeywordsField({ control, keywords, onChange }: KeywordsFieldProps) {
  const t = useTranslations("knowledge.form");
  const [typed, setTyped] = useState("");
  const [said, setSaid] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const add = (text: string) => {
    const next = addKeywords(keywords, text);
    setTyped("");
    if (next.length === keywords.length) return;
    onChange(next);
    setSaid(t("added", { entry: next.slice(keywords.length).join(", ") }));
  };
  const remove = (keyword: string) => {
    onChange(keywords.filter((one) => one !== keyword));
    setSaid(t("removed", { entry: keyword }));
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    const last = keywords.at(-1);
    if (event.key === "Enter") {
      // Enter ends a keyword; one too many must not send the form.
      event.preventDefault();
      add(typed);
    } else if (event.key === "Backspace" && typed === "" && last !== undefined) {
      remove(last);
    }
  };
  return (
    <div
      className={cn(
        FIELD_BOX,
        "flex max-h-40 flex-wrap gap-1 overflow-auto p-1! focus-within:border-accent focus-within:outline-1 focus-within:outline-accent focus-within:outline-solid",
      )}
    >
      {keywords.map((keyword) => (
        <KeywordChip key={keyword} keyword={keyword} onRemove={() => remove(keyword)} />
      ))}
      <input
        {...control}
        ref={input}
        value={typed}
        placeholder={keywords.length === 0 ? t("keywordsAdd") : ""}
        onChange={({ target }) =>
          /[,，、;；\n]/.test(target.value) ? add(target.value) : setTyped(target.value)
        }
        onKeyDown={onKeyDown}
        onBlur={() => add(typed)}
        className="h-6 min-w-24 flex-1 bg-transparent px-1 outline-none max-sm:h-8"
      />
      <span role="status" className="sr-only">
        {said}
      </span>
    </div>
  );
}

function KeywordChip({ keyword, onRemove }: { keyword: string; onRemove(): void }) {
  const t = useTranslations("knowledge.form");
  return (
    <span className="flex h-6 min-w-0 max-w-full items-center rounded-chip bg-bg2 pl-2 text-meta max-sm:h-8">
      <span className="truncate">{keyword}</span>
      <button
        type="button"
        aria-label={t("removeEntry", { entry: keyword })}
        onClick={onRemove}
        className="grid size-6 flex-none place-items-center rounded-chip text-fg2 hover:bg-bg3 hover:text-fg0 max-sm:size-8"
      >
        <Icon of={X} size={12} />
      </button>
    </span>
  );
}
