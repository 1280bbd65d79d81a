import { Database, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { Icon } from "@/components/ui/icon";
import { StatusDot } from "@/components/ui/status-dot";
import { formatCount, formatDuration } from "@/lib/run-view/format";
import type { SpanBar } from "@/lib/run-view/timeline";
import type { AgentCardView } from "./build-agent-cards";

/** One agent's search; below 480 px a row of a list. */
export function AgentCard({ card }: { card: AgentCardView }) {
  const t = useTranslations("debug.retrieval");
  return (
    <li className="grid min-w-0 gap-1 rounded-card border border-line px-2.5 py-2 @max-[480px]/debug:grid-cols-[1fr_auto] @max-[480px]/debug:gap-x-2 @max-[480px]/debug:rounded-none @max-[480px]/debug:border-0 @max-[480px]/debug:not-first:border-t">
      <span className="flex min-w-0 items-center gap-1.5">
        <Icon of={Database} size={14} className="text-k-retriever" />
        <span className="mono truncate font-medium leading-[1.25rem]">{card.agent}</span>
      </span>
      <span className="flex items-baseline gap-1.5 tabular-nums">
        <b className="font-semibold text-chat leading-[1.25rem]">{formatCount(card.count)}</b>
        <span className="truncate text-fg2 text-meta">{t("passages", { n: card.count ?? 0 })}</span>
        <span className="ml-auto whitespace-nowrap text-fg1 text-chrome @max-[480px]/debug:ml-2">
          {card.state === "running" ? (
            <StatusDot status="running" className="mr-1 inline-block size-1.5!" />
          ) : null}
          {formatDuration(card.durationMs)}
        </span>
      </span>
      <span aria-hidden className="relative h-[3px] rounded-bar bg-bg3 @max-[480px]/debug:col-span-2">
        {card.bar ? (
          <Stretch bar={card.bar} className={card.state === "failed" ? "bg-err" : "bg-k-retriever"} />
        ) : null}
        {card.failures.map((bar) => (
          <Stretch key={bar.left} bar={bar} className="bg-err" />
        ))}
      </span>
      <CardNote card={card} />
    </li>
  );
}

function Stretch({ bar, className }: { bar: SpanBar; className: string }) {
  return (
    <i
      className={cn("absolute inset-y-0 min-w-0.5 rounded-bar forced-color-adjust-none", className)}
      style={{ left: `${bar.left * 100}%`, width: `${bar.width * 100}%` }}
    />
  );
}

/** How it searched, or what went wrong. */
function CardNote({ card }: { card: AgentCardView }) {
  const t = useTranslations("debug.retrieval");
  const trouble = card.error ?? (card.state === "retried" ? t("retried", { n: card.attempts - 1 }) : null);
  if (trouble !== null) {
    return (
      <span
        title={trouble}
        className="flex min-w-0 items-center gap-1 text-err text-label @max-[480px]/debug:col-span-2"
      >
        <Icon of={TriangleAlert} size={12} />
        <span className="truncate">{trouble}</span>
      </span>
    );
  }
  const state = {
    running: t("running"),
    empty: t("empty"),
    skipped: t("skipped"),
    done: "",
    failed: "",
    retried: "",
  };
  const note = [state[card.state], card.how].filter((part) => part !== "").join(" · ");
  return (
    <span title={note} className="truncate text-fg2 text-label @max-[480px]/debug:hidden">
      {note}
    </span>
  );
}
