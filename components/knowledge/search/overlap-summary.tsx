import { useTranslations } from "next-intl";
import { compareAgents } from "./compare-agents";
import type { AgentAnswer } from "./use-bench-search";

/** How much the agents agree. */
export function OverlapSummary({ answers }: { answers: readonly AgentAnswer[] }) {
  const t = useTranslations("knowledge.bench");
  const { passages, shared, alone } = compareAgents(answers);
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-1 rounded-card bg-bg1 px-4 py-2.5 max-sm:px-3">
      <Figure label={t("different")} value={passages} />
      {answers.length > 1 ? <Figure label={t("shared")} value={shared} /> : null}
      {alone.size > 1
        ? [...alone].map(([agent, count]) => (
            <Figure key={agent} label={t("alone", { agent: t(`agent.${agent}`) })} value={count} />
          ))
        : null}
    </dl>
  );
}

function Figure({ label, value }: { label: string; value: number }) {
  return (
    <div className="flex items-baseline gap-1.5">
      <dt className="order-2 text-fg2 text-meta">{label}</dt>
      <dd className="font-semibold tabular-nums">{value}</dd>
    </div>
  );
}
