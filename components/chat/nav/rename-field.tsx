"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useRef, useState } from "react";
import { isComposing } from "../is-composing";

const MAX_TITLE = 200;

/** Enter and leaving the field keep the new title, Escape keeps the old one. */
export function RenameField({ title, onDone }: { title: string; onDone(title: string): void }) {
  const t = useTranslations("nav");
  const [value, setValue] = useState(title);
  const done = useRef(false);
  const finish = (next: string) => {
    if (done.current) return;
    done.current = true;
    onDone(next.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    if (event.key === "Enter") finish(value);
    if (event.key === "Escape") {
      event.stopPropagation();
      finish(title);
    }
  };
  return (
    <input
      ref={(field) => {
        if (field && document.activeElement !== field && !done.current) field.select();
      }}
      aria-label={t("renameLabel")}
      maxLength={MAX_TITLE}
      value={value}
      onChange={(event) => setValue(event.target.value)}
      onBlur={() => finish(value)}
      onKeyDown={onKeyDown}
      className="h-8 w-full rounded-row border border-accent bg-bg0 px-[7px] outline-1 outline-accent outline-solid max-sm:h-11"
    />
  );
}
