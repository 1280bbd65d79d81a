import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { Icon } from "@/components/ui/icon";
import type { Generation } from "@/lib/domain/run-record";
import { formatCost, formatCount, formatDuration, formatRelevance } from "@/lib/run-view/format";
import { Notice } from "../panel-notice";
import { SectionHeading } from "../section-heading";
import { KIND_ICON } from "../span-kind";
import type { TabViewProps } from "../tab-view";
import { buildRouteView, type RouteRow, type RouteView, type SignalGroup } from "./build-route-view";

/** Why this knowledge base answered, and what else could have. */
export function RouteTab({ record }: TabViewProps) {
  const t = useTranslations("debug.route");
  const view = buildRouteView(record);
  if (!view) {
    return <Notice icon={KIND_ICON.route} title={record.status === "running" ? t("waiting") : t("none")} />;
  }
  const { decision, rows } = view;
  return (
    // biome-ignore lint/a11y/useSemanticElements: the panel's sections have headings of their own
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it has nothing else that the keyboard could scroll it by
    <div role="region" aria-label={t("decision")} tabIndex={0} className="min-h-0 flex-1 overflow-auto">
      <SectionHeading title={t("decision")} detail={formatDuration(decision.duration_ms)} />
      <DecisionCard view={view} />
      <SectionHeading
        title={t("alternatives")}
        detail={t("threshold", { value: formatRelevance(decision.threshold) })}
      />
      <ul>
        {rows.map((row) => (
          <AlternativeRow key={row.kbPrefix} row={row} threshold={decision.threshold} />
        ))}
      </ul>
      <SectionHeading title={t("reason")} className="border-line border-t" />
      <Reasons view={view} />
    </div>
  );
}

function DecisionCard({ view: { decision } }: { view: RouteView }) {
  const cells = [
    { name: "kb_prefix", value: decision.kb_prefix, mono: true },
    { name: "worker_name", value: decision.worker_name, mono: true },
    { name: "confidence", value: formatRelevance(decision.confidence), mono: false },
    { name: "method", value: decision.method, mono: false },
  ];
  return (
    <dl className="mx-3 mb-3 grid grid-cols-4 overflow-hidden rounded-card border border-line @max-[480px]/debug:grid-cols-2">
      {cells.map(({ name, value, mono }) => (
        <div
          key={name}
          className="min-w-0 border-line px-3 py-2.5 not-last:border-r @max-[480px]/debug:even:border-r-0 @max-[480px]/debug:nth-[n+3]:border-t"
        >
          <dt className="text-fg2 text-label">{name}</dt>
          <dd
            title={value}
            className={cn(
              "truncate font-semibold leading-[1.25rem] tabular-nums",
              mono && "mono text-chrome leading-[1.25rem]",
            )}
          >
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function AlternativeRow({ row, threshold }: { row: RouteRow; threshold: number }) {
  const t = useTranslations("debug.route");
  const won = row.state === "chosen" || row.state === "forced";
  return (
    <li
      className={cn(
        "grid grid-cols-[96px_minmax(0,1fr)_36px_104px] items-center gap-3 whitespace-nowrap border-line border-t px-3 py-1.5 @max-[480px]/debug:grid-cols-[96px_minmax(0,1fr)_auto]",
        won && "font-medium",
      )}
    >
      <span className="mono truncate" title={row.kbPrefix}>
        {row.kbPrefix}
      </span>
      <span aria-hidden className="relative h-2 rounded-bar bg-bg2">
        <i
          className={cn(
            "absolute inset-y-0 left-0 rounded-bar forced-color-adjust-none",
            won ? "bg-k-route" : "bg-k-plan",
          )}
          style={{ width: `${row.confidence * 100}%` }}
        />
        <i
          className="absolute -inset-y-[3px] border-fg2 border-l border-dashed"
          style={{ left: `${threshold * 100}%` }}
        />
      </span>
      <span className="text-right tabular-nums">{formatRelevance(row.confidence)}</span>
      <span className="text-fg2 text-meta @max-[480px]/debug:sr-only">
        {won ? (
          <Badge tone="ok">
            <Icon of={Check} size={10} />
            {t(row.state === "forced" ? "forced" : "chosen")}
          </Badge>
        ) : row.state === "below" ? (
          t("below")
        ) : null}
      </span>
    </li>
  );
}

function Reasons({ view: { decision, signals, generation } }: { view: RouteView }) {
  return (
    <dl className="grid grid-cols-[96px_1fr] gap-x-3 gap-y-1.5 px-3 pb-3 @max-[480px]/debug:grid-cols-1 @max-[480px]/debug:gap-y-0 [&_dt]:text-fg2 @max-[480px]/debug:[&_dd]:mb-2">
      <Reason name={decision.method}>{decision.reason}</Reason>
      {signals.length > 0 ? (
        <Reason name="signals">
          <Signals groups={signals} chosen={decision.kb_prefix} />
        </Reason>
      ) : null}
      <Reason name="query">{decision.query}</Reason>
      {generation ? (
        <Reason name="model">
          <RouteModel generation={generation} />
        </Reason>
      ) : null}
    </dl>
  );
}

function Reason({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}

/** The words of the chosen knowledge base as they are, those of others behind its name. */
function Signals({ groups, chosen }: { groups: readonly SignalGroup[]; chosen: string }) {
  return groups.map(({ kbPrefix, signals }) => {
    const words = signals.map(({ term, weight }) => `${term} ${formatWeight(weight)}`).join(" · ");
    return kbPrefix === chosen ? (
      <span key={kbPrefix} className="block">
        {words}
      </span>
    ) : (
      <span key={kbPrefix} className="block text-fg2">
        {kbPrefix}: {words}
      </span>
    );
  });
}

function formatWeight(weight: number): string {
  return `${weight < 0 ? "−" : "+"}${Math.abs(weight).toFixed(2)}`;
}

function RouteModel({ generation: { model, usage, cost_usd } }: { generation: Generation }) {
  const t = useTranslations("debug.route");
  const tokens = { input: formatCount(usage?.prompt_tokens), output: formatCount(usage?.completion_tokens) };
  return [model, t("tokens", tokens), formatCost(cost_usd)].join(" · ");
}
