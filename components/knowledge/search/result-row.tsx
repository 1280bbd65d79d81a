"use client";

import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import type { SearchResult } from "@/lib/domain/search";
import { formatRelevance } from "@/lib/run-view/format";
import type { BenchAgent } from "./bench-query";
import { ResultDetail } from "./result-detail";

interface ResultRowProps {
  result: SearchResult;
  agent: BenchAgent;
  query: string;
  /** Its rank with each agent that found it. */
  ranks: ReadonlyMap<BenchAgent, number> | undefined;
  /** Whether it means something that one agent alone found it. */
  alone: boolean;
  pointed: boolean;
  open: boolean;
  onPoint(over: boolean): void;
  onToggle(): void;
}

/** One passage in an agent's list; pointing at it marks it in the other lists. */
export function ResultRow(props: ResultRowProps) {
  const { result, agent, query, ranks, alone, pointed, open, onPoint, onToggle } = props;
  const t = useTranslations("knowledge.bench");
  const { passage_id, rank, title, heading, name, relevance } = result;
  const finders = [...(ranks ?? [])].filter(([one]) => one !== "fusion_agent");
  const onlyHere = alone && agent !== "fusion_agent" && finders.length === 1;
  return (
    <li
      className={cn(
        "border-line not-first:border-t",
        pointed && "bg-accent-bg shadow-[inset_2px_0_0_var(--accent)]",
      )}
    >
      <button
        type="button"
        data-passage={passage_id}
        aria-expanded={open}
        onClick={onToggle}
        onPointerEnter={({ pointerType }) => pointerType !== "touch" && onPoint(true)}
        onPointerLeave={() => onPoint(false)}
        onFocus={() => onPoint(true)}
        onBlur={() => onPoint(false)}
        className="grid min-h-11 w-full grid-cols-[20px_minmax(0,1fr)_auto] items-start gap-x-2 px-3 py-1.5 text-left focus-visible:-outline-offset-2"
      >
        <span className="text-right text-fg2 text-meta leading-[1.125rem] tabular-nums">{rank}</span>
        <span className="grid min-w-0">
          <span className="truncate font-medium leading-[1.125rem]">{title}</span>
          <span className="flex min-w-0 gap-1.5">
            <span className="truncate text-fg2 text-meta">{heading || name}</span>
            {onlyHere ? <Badge className="flex-none">{t("onlyHere")}</Badge> : null}
          </span>
        </span>
        <Relevance value={relevance} />
      </button>
      {open ? <ResultDetail result={result} agent={agent} query={query} ranks={ranks} /> : null}
    </li>
  );
}

function Relevance({ value }: { value: number | null }) {
  const t = useTranslations("chat.sources");
  return (
    <span className="grid w-10 gap-0.5 text-right text-fg1 text-meta leading-[0.875rem] tabular-nums">
      <span>
        <span className="sr-only">{t("relevance")}</span>
        {formatRelevance(value)}
      </span>
      <span aria-hidden className="block h-[3px] overflow-hidden rounded-[1px] bg-bg3">
        <i
          className="block h-full rounded-[1px] bg-k-retriever forced-color-adjust-none"
          style={{ width: `${(value ?? 0) * 100}%` }}
        />
      </span>
    </span>
  );
}
