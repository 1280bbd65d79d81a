import { useTranslations } from "next-intl";
import type { RunRecord } from "@/lib/domain/run-record";
import { formatCount, formatDuration } from "@/lib/run-view/format";
import { Notice } from "../panel-notice";
import { SectionHeading } from "../section-heading";
import { KIND_ICON } from "../span-kind";
import type { TabViewProps } from "../tab-view";
import { AgentCard } from "./agent-card";
import { buildAgentCards } from "./build-agent-cards";
import { RankingTable } from "./ranking-table";

/** What each agent found and what became of it. */
export function RetrievalTab(props: TabViewProps) {
  const { record, elapsedMs } = props;
  const t = useTranslations("debug.retrieval");
  const { cards, slowestMs } = buildAgentCards(record, elapsedMs);
  if (cards.length === 0 && record.context === null) return <NothingSearched record={record} />;
  return (
    <div className="min-h-0 flex-1 overflow-auto">
      <SectionHeading
        title={t("runs")}
        detail={slowestMs === null ? null : t("parallel", { duration: formatDuration(slowestMs) })}
      />
      <ul className="grid grid-cols-3 gap-2 px-3 @max-[480px]/debug:mx-3 @max-[480px]/debug:grid-cols-1 @max-[480px]/debug:gap-0 @max-[480px]/debug:rounded-card @max-[480px]/debug:border @max-[480px]/debug:border-line @max-[480px]/debug:px-0">
        {cards.map((card) => (
          <AgentCard key={card.agent} card={card} />
        ))}
      </ul>
      <SectionHeading title={t("ranking")} detail={<RankingCounts record={record} />} className="pt-4!">
        {record.context ? (
          <span className="rounded-row border border-line px-2 text-fg1 text-label leading-[1.375rem]">
            {t("fusion", { k: record.context.fusion.k })}
          </span>
        ) : null}
      </SectionHeading>
      {record.context ? <RankingTable {...props} context={record.context} /> : null}
    </div>
  );
}

function RankingCounts({ record: { context } }: { record: RunRecord }) {
  const t = useTranslations("debug.retrieval");
  if (!context) return t("waiting");
  const kept = context.passages.filter(({ state }) => state === "in_prompt").length;
  return t("counts", {
    retrieved: formatCount(context.retrieved),
    unique: formatCount(context.unique),
    kept: formatCount(kept),
  });
}

function NothingSearched({ record }: { record: RunRecord }) {
  const t = useTranslations("debug.retrieval");
  const waits =
    record.status === "running" && record.rag_plan.length === 0 && record.generations.length === 0;
  return (
    <Notice icon={KIND_ICON.retriever} title={waits ? t("running") : t("none", { kb: record.kb_prefix })} />
  );
}
