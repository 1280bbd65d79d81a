import { useTranslations } from "next-intl";
import { Fragment, type KeyboardEvent, useState } from "react";
import { cn } from "@/components/ui/cn";
import type { RunContext } from "@/lib/domain/run-record";
import { groupRanking, type RankingGroup, rankingAgents } from "@/lib/run-view/ranking";
import type { TabViewProps } from "../tab-view";
import { CutLine } from "./cut-line";
import { RankingRow, WIDE_ONLY } from "./ranking-row";

interface RankingTableProps
  extends Pick<TabViewProps, "record" | "highlightedPassageId" | "onHighlightPassage" | "onSelectPassage"> {
  context: RunContext;
}

/** Each passage once, with its place in every agent's list; below the lines those that were dropped. */
export function RankingTable({
  record,
  context,
  highlightedPassageId,
  onHighlightPassage,
  onSelectPassage,
}: RankingTableProps) {
  const t = useTranslations("debug.retrieval");
  const [openId, setOpenId] = useState<string | null>(null);
  const agents = rankingAgents(record);
  const groups = groupRanking(record);
  const best = Math.max(...context.passages.map(({ fused_score }) => fused_score), Number.EPSILON);
  const depth = Math.max(...record.rag_plan.map(({ top_k }) => top_k), record.settings.top_k, 1);
  const toggle = (id: string) => {
    const next = openId === id ? null : id;
    setOpenId(next);
    onSelectPassage(next);
  };
  return (
    <table className="w-full table-fixed border-collapse" onKeyDown={moveBetweenRows}>
      <thead className="sticky top-0 z-2 bg-bg1 text-fg2 text-label">
        <tr className="h-6 text-left shadow-[0_-1px_0_var(--line)_inset] *:font-normal">
          <th scope="col" className="w-10 pr-2 text-right @max-[480px]/debug:w-8">
            #
          </th>
          <th scope="col">{t("passage")}</th>
          {agents.map((agent) => (
            <th
              key={agent}
              scope="col"
              title={agent}
              className="w-12 pl-2 @max-[480px]/debug:w-10 @max-[480px]/debug:pl-1.5"
            >
              {agent.replace(/_.*/, "")}
            </th>
          ))}
          <th scope="col" className={cn("w-17 pl-2", WIDE_ONLY)}>
            <span className="@max-[480px]/debug:hidden">{t("fused")}</span>
          </th>
          <th scope="col" className="w-[86px] @max-[480px]/debug:w-20">
            <span className="sr-only">{t("state")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <Fragment key={group.reason ?? "kept"}>
            {group.reason === null ? null : (
              <CutLine
                reason={group.reason}
                count={group.passages.length}
                limit={limitOf(group, record, context)}
                columns={agents.length + 4}
              />
            )}
            {group.passages.map((ranked) => {
              const id = ranked.passage.passage_id;
              return (
                <RankingRow
                  key={id}
                  ranked={ranked}
                  agents={agents}
                  depth={depth}
                  best={best}
                  query={record.route_decision?.query || record.message}
                  open={openId === id}
                  highlighted={highlightedPassageId === id}
                  onToggle={() => toggle(id)}
                  onPoint={(over) => onHighlightPassage(over ? id : null)}
                />
              );
            })}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

function limitOf(
  { reason }: RankingGroup,
  { settings }: TabViewProps["record"],
  context: RunContext,
): number {
  return reason === "budget" ? context.budget_tokens : settings.top_k;
}

/** J, K and the arrows go from passage to passage. */
function moveBetweenRows(event: KeyboardEvent<HTMLTableElement>): void {
  const by = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-passage]")];
  const at = document.activeElement;
  const index = at instanceof HTMLElement ? buttons.indexOf(at) : -1;
  const next = index < 0 ? undefined : buttons[index + by];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
