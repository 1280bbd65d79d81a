"use client";

import { useMe } from "../data/use-me";
import { LanguageSwitch } from "./language-switch";
import { ThemeSwitch } from "./theme-switch";

export function NavFooter() {
  const model = useMe()?.model.name ?? "";
  return (
    <div className="flex flex-none items-center gap-1.5 border-line border-t p-2">
      <span className="min-w-0 flex-1 truncate pl-1.5 text-fg2 text-label" title={model}>
        {model}
      </span>
      <LanguageSwitch />
      <ThemeSwitch />
    </div>
  );
}
