"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Icon } from "@/components/ui/icon";
import { formatDuration } from "@/lib/run-view/format";
import type { Overlap } from "./compare-agents";
import { ResultRow } from "./result-row";
import type { AgentAnswer } from "./use-bench-search";

interface AgentColumnProps {
  answer: AgentAnswer;
  query: string;
  overlap: Overlap;
  /** The passage under the pointer or the focus, or opened, in whichever list. */
  pointed: string | null;
  /** The passage that shows its text in this list. */
  open: string | null;
  onPoint(passageId: string | null): void;
  onOpen(passageId: string | null): void;
}

/** What one agent found, best first, and how long it took. */
export function AgentColumn({ answer, query, overlap, pointed, open, onPoint, onOpen }: AgentColumnProps) {
  const t = useTranslations("knowledge.bench");
  return (
    <div className="overflow-hidden rounded-card border border-line">
      <header className="grid border-line border-b bg-bg1 px-3 py-2">
        <h2 className="mono truncate font-medium leading-[1.25rem]">{answer.agent}</h2>
        <p className="flex gap-2 text-fg2 text-meta tabular-nums">
          {answer.state === "found" ? (
            <>
              <span>{t("found", { count: answer.results.length })}</span>
              <span className="ml-auto text-fg1">{formatDuration(answer.durationMs)}</span>
            </>
          ) : (
            t("failed")
          )}
        </p>
      </header>
      {answer.state === "failed" ? (
        <p role="alert" className="flex gap-1.5 px-3 py-3 text-err">
          <Icon of={TriangleAlert} size={14} className="mt-[3px]" />
          {answer.message ?? t("unreachable")}
        </p>
      ) : null}
      {answer.state === "found" && answer.results.length === 0 ? (
        <p className="px-3 py-6 text-center text-fg1">{t("nothing")}</p>
      ) : null}
      {answer.state === "found" && answer.results.length > 0 ? (
        <ol>
          {answer.results.map((result) => (
            <ResultRow
              key={result.passage_id}
              result={result}
              agent={answer.agent}
              query={query}
              ranks={overlap.ranks.get(result.passage_id)}
              alone={overlap.alone.size > 1}
              pointed={pointed === result.passage_id}
              open={open === result.passage_id}
              onPoint={(over) => onPoint(over ? result.passage_id : null)}
              onToggle={() => onOpen(open === result.passage_id ? null : result.passage_id)}
            />
          ))}
        </ol>
      ) : null}
    </div>
  );
}
