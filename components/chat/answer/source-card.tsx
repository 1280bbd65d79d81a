"use client";

import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import type { Source } from "@/lib/events/chat-frame";
import { formatRelevance } from "@/lib/run-view/format";
import { markTerms, queryTerms } from "@/lib/run-view/mark-terms";
import { useAnswer } from "./answer-context";
import { CITATION_CHIP } from "./citation-style";
import { toPlainText } from "./to-plain-text";

const LINK = "inline-flex items-center gap-[3px] font-medium text-accent hover:underline max-sm:py-2";

/** What a citation refers to: the passage with the question's words marked. */
export function SourceCard({ source, onOpened }: { source: Source; onOpened(): void }) {
  const t = useTranslations("chat.sources");
  const { question, inspectPassage, openSource } = useAnswer();
  return (
    <>
      <header className="flex items-start gap-2 px-3 pt-2.5">
        <span aria-hidden className={cn(CITATION_CHIP, "mt-0.5")}>
          {source.n}
        </span>
        <div className="min-w-0 flex-1">
          <p className="font-semibold">{source.title}</p>
          <p className="text-fg2 text-meta">{source.heading}</p>
        </div>
      </header>
      <blockquote className="mx-3 my-2 line-clamp-8 whitespace-pre-line border-accent-line border-l-2 pl-2.5 text-fg1">
        <MarkedText text={toPlainText(source.snippet)} query={question} />
      </blockquote>
      <footer className="flex items-center gap-3 border-line border-t px-3 py-1.5 text-fg2 text-meta">
        <span className="flex-1 tabular-nums">
          {t("relevance")} {formatRelevance(source.relevance)}
        </span>
        {inspectPassage ? (
          <button type="button" className={LINK} onClick={() => inspectPassage(source.passage_id)}>
            {t("inspect")}
          </button>
        ) : null}
        <button
          type="button"
          className={LINK}
          onClick={() => {
            onOpened();
            openSource(source.n);
          }}
        >
          {t("openPanel")}
        </button>
      </footer>
    </>
  );
}

function MarkedText({ text, query }: { text: string; query: string }) {
  return markTerms(text, queryTerms(query)).map((part, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never change places
    part.marked ? <mark key={index}>{part.text}</mark> : part.text,
  );
}
