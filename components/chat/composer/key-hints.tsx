"use client";

import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { Kbd } from "@/components/ui/kbd";
import type { Shortcut } from "../shortcuts";
import { useShortcutLabel } from "../use-shortcut-label";

const HINTS = ["debug", "search", "focus", "all"] as const satisfies readonly Shortcut[];

interface KeyHintsProps {
  /** Without the role there is no panel to show. */
  debug: boolean;
  className?: string;
}

export function KeyHints({ debug, className }: KeyHintsProps) {
  const t = useTranslations("keys");
  const label = useShortcutLabel();
  return (
    <div
      className={cn(
        "flex justify-center gap-4 overflow-hidden whitespace-nowrap text-fg2 text-label @max-[460px]/chat:hidden pointer-coarse:hidden",
        className,
      )}
    >
      {HINTS.filter((hint) => debug || hint !== "debug").map((hint) => (
        <span key={hint} className="inline-flex items-center gap-1">
          <Kbd>{label(hint)}</Kbd>
          {t(hint)}
        </span>
      ))}
    </div>
  );
}
