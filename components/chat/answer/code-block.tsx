"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { useCopy } from "@/components/ui/use-copy";

interface CodeBlockProps {
  /** As written after the fence; empty when nothing was. */
  language: string;
  /** The code as text, for copying. */
  code: string;
  children: ReactNode;
}

export function CodeBlock({ language, code, children }: CodeBlockProps) {
  const t = useTranslations();
  const { copied, copy } = useCopy();
  const label = language || t("chat.code.plain");
  return (
    <figure className="overflow-hidden rounded-card border border-line bg-bg1">
      <figcaption className="flex h-7 items-center border-line border-b pr-1 pl-3 text-fg2 text-meta">
        <span className="flex-1 truncate">{label}</span>
        <IconButton
          size="sm"
          icon={copied ? Check : Copy}
          label={copied ? t("common.copied") : t("chat.code.copy")}
          onClick={() => copy(code)}
        />
      </figcaption>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: wide code is scrolled with the arrow keys
        tabIndex={0}
        className="overflow-auto px-3 py-2 font-mono text-chrome focus-visible:-outline-offset-2"
      >
        {children}
      </pre>
    </figure>
  );
}
