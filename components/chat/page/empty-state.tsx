"use client";

import { Book } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Icon } from "@/components/ui/icon";
import { useKnowledgeBases } from "../data/use-knowledge-bases";
import { pickSuggestions } from "./pick-suggestions";

const COUNT = 4;

interface EmptyStateProps {
  /** The composer stands between the title and the suggestions. */
  children: ReactNode;
  onAsk(question: string): void;
}

export function EmptyState({ children, onAsk }: EmptyStateProps) {
  const t = useTranslations("chat.empty");
  return (
    <div className="mx-auto flex w-full max-w-[760px] flex-col px-6 pt-[clamp(1rem,22dvh,14rem)] pb-8 @max-[460px]/chat:px-4 @max-[460px]/chat:pt-[clamp(1rem,12dvh,8rem)]">
      {/* The place of all this does not depend on the suggestions, which come later. */}
      <h1 className="font-semibold text-title tracking-[-0.015em]">{t("title")}</h1>
      <p className="mt-1 mb-6 text-chat text-fg1">{t("subtitle")}</p>
      {children}
      <Suggestions onAsk={onAsk} />
    </div>
  );
}

function Suggestions({ onAsk }: { onAsk(question: string): void }) {
  const t = useTranslations("chat.empty");
  const locale = useLocale();
  const suggestions = pickSuggestions(useKnowledgeBases() ?? [], locale, COUNT);
  if (suggestions.length === 0) return null;
  return (
    <ul
      aria-label={t("suggestions")}
      className="mt-4 grid grid-cols-2 gap-px overflow-hidden rounded-card border border-line bg-line @max-[460px]/chat:grid-cols-1"
    >
      {suggestions.map(({ kbTitle, question }) => (
        <li key={question} className="grid last:odd:col-span-full">
          <button
            type="button"
            onClick={() => onAsk(question)}
            className="grid content-start gap-0.5 bg-bg0 px-3.5 py-3 text-left transition-colors hover:bg-bg1 focus-visible:-outline-offset-2"
          >
            <span className="flex items-center gap-1.5 text-fg2 text-meta">
              <Icon of={Book} size={12} />
              {kbTitle}
            </span>
            <span className="text-dense leading-[1.25rem]">{question}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
