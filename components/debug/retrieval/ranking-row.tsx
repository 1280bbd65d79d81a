import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import type { RetrieverAgent } from "@/lib/domain/agent-names";
import { formatFused, UNKNOWN } from "@/lib/run-view/format";
import { type RankedPassage, rankShare } from "@/lib/run-view/ranking";
import { hiddenOf } from "./hidden-of";
import { HiddenText } from "./hidden-text";
import { PassageDetail } from "./passage-detail";

interface RankingRowProps {
  ranked: RankedPassage;
  agents: readonly RetrieverAgent[];
  /** Places in an agent's list. */
  depth: number;
  /** The highest fused score. */
  best: number;
  query: string;
  open: boolean;
  highlighted: boolean;
  onToggle(): void;
  onPoint(over: boolean): void;
}

/** A column without width below 480 px: one that is not there would break the rows that span all of them. */
export const WIDE_ONLY = "@max-[480px]/debug:w-0 @max-[480px]/debug:p-0";

const OPEN = "bg-accent-bg shadow-[inset_2px_0_0_var(--accent)]";
const POINTED_AT = "bg-bg2 shadow-[inset_2px_0_0_var(--accent-line)]";

/** One passage: its rank with every agent, its fused score, what became of it; opened also its text. */
export function RankingRow(props: RankingRowProps) {
  const { ranked, agents, depth, best, query, open, highlighted, onToggle, onPoint } = props;
  const { passage, source } = ranked;
  const row = useRevealed(highlighted);
  const dropped = passage.state === "dropped";
  return (
    <>
      <tr
        ref={row}
        data-marked={highlighted || undefined}
        onPointerEnter={() => onPoint(true)}
        onPointerLeave={() => onPoint(false)}
        onClick={onToggle}
        className={cn(
          "h-11 cursor-pointer border-line border-t *:py-1",
          open ? OPEN : highlighted ? POINTED_AT : "hover:bg-bg1",
        )}
      >
        <td className="pr-2 text-right text-fg2 text-meta tabular-nums">{passage.position}</td>
        <td className="min-w-0">
          <button
            type="button"
            aria-expanded={open}
            data-passage={passage.passage_id}
            onFocus={() => onPoint(true)}
            onBlur={() => onPoint(false)}
            onClick={(event) => {
              event.stopPropagation();
              onToggle();
            }}
            className="block w-full text-left"
          >
            <span className={cn("block truncate leading-[1.125rem]", dropped ? "text-fg1" : "font-medium")}>
              <HiddenText text={source?.title ?? passage.passage_id} />
            </span>
            <span className="block truncate text-fg2 text-meta">
              <HiddenText text={source?.heading || (source?.document_id ?? "")} />
            </span>
          </button>
        </td>
        {agents.map((agent) => (
          <td key={agent} className="pl-2 @max-[480px]/debug:pl-1.5">
            <Rank rank={passage.ranks[agent] ?? null} depth={depth} />
          </td>
        ))}
        <td className={cn("pl-2 font-medium text-meta tabular-nums", WIDE_ONLY)}>
          <span className="@max-[480px]/debug:hidden">
            {formatFused(passage.fused_score)}
            <Share of={passage.fused_score / best} className="bg-fg1" />
          </span>
        </td>
        <td className="pr-3">
          <PassageBadges ranked={ranked} />
        </td>
      </tr>
      {open ? (
        <tr className={OPEN}>
          <td />
          <td colSpan={agents.length + 3} className="pt-1.5 pr-3 pb-2.5">
            <PassageDetail ranked={ranked} query={query} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

/** Brings the row into view when the passage is pointed at from elsewhere. */
function useRevealed(highlighted: boolean) {
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (highlighted && !row.current?.matches(":hover")) row.current?.scrollIntoView({ block: "nearest" });
  }, [highlighted]);
  return row;
}

function Rank({ rank, depth }: { rank: number | null; depth: number }) {
  const t = useTranslations("debug.retrieval");
  if (rank === null) {
    return (
      <span role="img" aria-label={t("notFound")} className="text-fg2 text-meta">
        {UNKNOWN}
      </span>
    );
  }
  return (
    <span className="block text-fg1 text-meta tabular-nums">
      <span role="img" aria-label={t("rank", { n: rank })}>
        #{rank}
      </span>
      <Share of={rankShare(rank, depth)} className="bg-k-retriever" />
    </span>
  );
}

function Share({ of, className }: { of: number; className: string }) {
  return (
    <span aria-hidden className="mt-0.5 block h-[3px] overflow-hidden rounded-[1px] bg-bg3">
      <i
        className={cn("block h-full rounded-[1px] forced-color-adjust-none", className)}
        style={{ width: `${of * 100}%` }}
      />
    </span>
  );
}

function PassageBadges({ ranked: { passage, source } }: { ranked: RankedPassage }) {
  const t = useTranslations("debug.retrieval");
  return (
    <span className="flex flex-col items-end gap-[3px]">
      {passage.cited && passage.n !== null ? (
        <Badge tone="accent">{t("cited", { n: passage.n })}</Badge>
      ) : null}
      {passage.state === "in_prompt" ? (
        <Badge tone="ok">{t("inPrompt")}</Badge>
      ) : (
        <Badge>{t(`reason.${passage.reason ?? "budget"}`)}</Badge>
      )}
      {hiddenOf(source).length > 0 ? <Badge tone="warn">{t("hidden")}</Badge> : null}
    </span>
  );
}
