"use client";

import { useTranslations } from "next-intl";
import { type MouseEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { Source } from "@/lib/events/chat-frame";
import { formatRelevance } from "@/lib/run-view/format";
import { useAnswer } from "./answer-context";
import { CITATION_CHIP } from "./citation-style";
import { orderSources } from "./order-sources";
import { PrintedSources } from "./printed-sources";

const SHOWN = 4;

interface SourcesGridProps {
  sources: readonly Source[];
  /** The answer, to list first what it cites. */
  text: string;
}

/** The passages in the prompt, cited ones first; four of them unless the reader wants all. */
export function SourcesGrid({ sources, text }: SourcesGridProps) {
  const t = useTranslations("chat.sources");
  const [all, setAll] = useState(false);
  const ordered = orderSources(sources, text);
  return (
    <section aria-label={t("title")}>
      <h3 className="mt-4 mb-2 flex items-center gap-1.5 font-medium text-fg2 text-meta">
        {t("title")}
        <span className="tabular-nums">{sources.length}</span>
      </h3>
      <ul className="grid grid-cols-2 print:hidden gap-2 @max-[460px]/chat:grid-cols-1">
        {ordered.slice(0, all ? ordered.length : SHOWN).map((source) => (
          <li key={source.n} className="min-w-0">
            <SourceLink source={source} />
          </li>
        ))}
      </ul>
      {sources.length > SHOWN ? (
        <Button
          variant="ghost"
          size="sm"
          className="mt-1.5 -ml-2"
          aria-expanded={all}
          onClick={() => setAll(!all)}
        >
          {all ? t("showLess") : t("showAll", { count: sources.length })}
        </Button>
      ) : null}
      <PrintedSources sources={sources} />
    </section>
  );
}

/** Shows the document beside the chat; with Alt held it selects the passage in the debug panel instead. */
function SourceLink({ source }: { source: Source }) {
  const t = useTranslations("chat.sources");
  const { highlightedPassageId, onHighlight, inspectPassage, openSource } = useAnswer();
  const open = (event: MouseEvent) => {
    // The document's own page is for another tab.
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (event.altKey && inspectPassage) inspectPassage(source.passage_id);
    else openSource(source.n);
  };
  return (
    <a
      href={source.url}
      target="_blank"
      rel="noopener"
      onClick={open}
      onMouseEnter={() => onHighlight(source.passage_id)}
      onMouseLeave={() => onHighlight(null)}
      onFocus={() => onHighlight(source.passage_id)}
      onBlur={() => onHighlight(null)}
      data-marked={source.passage_id === highlightedPassageId || undefined}
      className={cn(
        "grid w-full grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-2 rounded-card border py-[7px] pr-2.5 pl-2 transition-colors hover:border-line2",
        source.passage_id === highlightedPassageId
          ? "border-accent-line bg-accent-bg"
          : "border-line hover:bg-bg1",
      )}
    >
      <span className={CITATION_CHIP}>{source.n}</span>
      <span className="truncate font-medium leading-[1.125rem]">{source.title}</span>
      <span className="text-fg1 text-meta tabular-nums" title={t("relevance")}>
        <span className="sr-only">{t("relevance")} </span>
        {formatRelevance(source.relevance)}
      </span>
      <span className="col-span-2 col-start-2 truncate text-fg2 text-meta">
        {source.heading || source.title}
      </span>
    </a>
  );
}
