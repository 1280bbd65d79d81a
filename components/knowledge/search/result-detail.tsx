"use client";

import { ArrowUpRight } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { foreignLanguage } from "@/components/chat/foreign-language";
import { Icon } from "@/components/ui/icon";
import type { SearchResult } from "@/lib/domain/search";
import { markTerms, queryTerms } from "@/lib/run-view/mark-terms";
import { readingPath } from "../page/knowledge-paths";
import type { BenchAgent } from "./bench-query";

interface ResultDetailProps {
  result: SearchResult;
  agent: BenchAgent;
  query: string;
  ranks: ReadonlyMap<BenchAgent, number> | undefined;
}

/** A passage's text with the question's words marked, its rank elsewhere, and the way to its document. */
export function ResultDetail({ result, agent, query, ranks }: ResultDetailProps) {
  const t = useTranslations("knowledge.bench");
  const page = useLocale();
  const others = [...(ranks ?? [])].filter(([one]) => one !== agent);
  const { text, document_id, passage_id, name } = result;
  return (
    <div className="grid gap-1.5 px-3 pt-0.5 pb-3 pl-10">
      <p
        lang={foreignLanguage(text, page)}
        className="max-h-80 overflow-auto whitespace-pre-wrap break-words"
      >
        {markTerms(text, queryTerms(query)).map((part, index) => {
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change places
          return part.marked ? <mark key={index}>{part.text}</mark> : <span key={index}>{part.text}</span>;
        })}
      </p>
      <p className="flex flex-wrap items-center gap-x-3 text-fg2 text-label tabular-nums">
        {others.map(([one, rank]) => (
          <span key={one}>{t("rankOf", { agent: t(`agent.${one}`), rank })}</span>
        ))}
        <span className="mono min-w-0 truncate text-label">{name}</span>
        <a
          href={`${readingPath(document_id)}#${encodeURIComponent(passage_id)}`}
          target="_blank"
          rel="noopener"
          className="ml-auto inline-flex items-center gap-0.5 font-medium text-accent text-meta hover:underline max-sm:min-h-9"
        >
          {t("open")}
          <Icon of={ArrowUpRight} size={12} />
        </a>
      </p>
    </div>
  );
}
