import { ArrowUpRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { Icon } from "@/components/ui/icon";
import { formatCount, formatRelevance } from "@/lib/run-view/format";
import { markTerms, queryTerms } from "@/lib/run-view/mark-terms";
import type { RankedPassage } from "@/lib/run-view/ranking";
import { hiddenOf } from "./hidden-of";
import { HiddenNote, HiddenText } from "./hidden-text";

/** A passage's text with the query's words marked, and the way to its document. */
export function PassageDetail({
  ranked: { passage, source },
  query,
}: {
  ranked: RankedPassage;
  query: string;
}) {
  const t = useTranslations("debug.retrieval");
  return (
    <div className="grid gap-1.5">
      {source ? (
        <p className="max-h-80 overflow-auto whitespace-pre-wrap break-words">
          {markTerms(source.text, queryTerms(query)).map((part, index) => {
            const Part = part.marked ? "mark" : "span";
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change places
              <Part key={index}>
                <HiddenText text={part.text} />
              </Part>
            );
          })}
        </p>
      ) : (
        <p className="text-fg2">{t("noText")}</p>
      )}
      <HiddenNote hidden={hiddenOf(source)} />
      <p className="flex flex-wrap items-center gap-x-3 text-fg1 text-label tabular-nums">
        <span>{t("relevance", { value: formatRelevance(passage.relevance) })}</span>
        <span>{t("tokens", { n: formatCount(passage.tokens) })}</span>
        <span className="mono min-w-0 truncate text-label">{passage.passage_id}</span>
        {source ? (
          <a
            href={`/documents/${encodeURIComponent(source.document_id)}#${encodeURIComponent(passage.passage_id)}`}
            target="_blank"
            rel="noopener"
            className="ml-auto inline-flex items-center gap-0.5 font-medium text-accent text-meta hover:underline max-sm:min-h-9"
          >
            {t("openDocument")}
            <Icon of={ArrowUpRight} size={12} />
          </a>
        ) : null}
      </p>
    </div>
  );
}
