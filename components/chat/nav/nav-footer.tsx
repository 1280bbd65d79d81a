"use client";

import type { ReactNode } from "react";
import { useMe } from "../data/use-me";
import { LanguageSwitch } from "./language-switch";
import { ThemeSwitch } from "./theme-switch";

interface NavFooterProps {
  /** What can be done from here beside choosing how the page looks. */
  children?: ReactNode;
}

export function NavFooter({ children }: NavFooterProps) {
  const model = useMe()?.model.name ?? "";
  return (
    <div className="relative flex flex-none items-center gap-1.5 border-line border-t p-2">
      <span className="min-w-0 flex-1 truncate pl-1.5 text-fg2 text-label" title={model}>
        {model}
      </span>
      {children}
      <LanguageSwitch />
      <ThemeSwitch />
    </div>
  );
}
