"use client";

import { CheckCheck, CircleAlert, CircleCheck, Clock, LoaderCircle, Upload } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { type Glyph, Icon } from "@/components/ui/icon";
import { formatCount } from "@/lib/run-view/format";
import type { UploadRow } from "./build-upload-rows";
import { JobFault } from "./job-fault";
import { StageBar } from "./stage-bar";

const LOOK: Record<UploadRow["state"], { icon: Glyph; className: string }> = {
  waiting: { icon: Clock, className: "text-fg2" },
  sending: { icon: Upload, className: "text-accent" },
  queued: { icon: Clock, className: "text-fg2" },
  running: { icon: LoaderCircle, className: "animate-spin text-accent" },
  done: { icon: CircleCheck, className: "text-ok" },
  unchanged: { icon: CheckCheck, className: "text-fg2" },
  failed: { icon: CircleAlert, className: "text-err" },
  refused: { icon: CircleAlert, className: "text-err" },
};

/** One file on its way: where it is, how far, and what went wrong. */
export function UploadLine({ row, onRetry }: { row: UploadRow; onRetry(): void }) {
  const t = useTranslations();
  const { icon, className } = LOOK[row.state];
  const trouble = row.state === "failed" || row.state === "refused";
  return (
    <li className="grid grid-cols-[16px_minmax(0,1fr)_auto] items-start gap-x-2.5 gap-y-1 border-line px-4 py-2 not-first:border-t max-sm:px-3">
      <span className="grid h-5 place-items-center">
        <Icon of={icon} size={14} className={className} />
      </span>
      <span className="truncate" title={row.name}>
        {row.name}
      </span>
      <span className={cn("whitespace-nowrap tabular-nums", trouble ? "text-err" : "text-fg1")}>
        <StateText row={row} />
      </span>
      <span className="col-start-2 col-end-4 grid gap-1 empty:hidden">
        {row.share !== null ? <ShareBar share={row.share} name={row.name} /> : null}
        {row.share === null && row.job ? <StageBar job={row.job} /> : null}
        {trouble ? (
          <span className="flex flex-wrap items-center gap-2 text-err">
            <Reason row={row} />
            {row.retry ? (
              <Button size="sm" onClick={onRetry}>
                {t("common.retry")}
                <span className="sr-only">{row.name}</span>
              </Button>
            ) : null}
          </span>
        ) : null}
      </span>
    </li>
  );
}

function StateText({ row }: { row: UploadRow }) {
  const t = useTranslations("knowledge.uploads");
  if (row.state === "sending") return t("sending", { percent: Math.round((row.share ?? 0) * 100) });
  if (row.state === "running" && row.job?.stage) {
    const { stage, completed, total } = row.job;
    const name = t(`stage.${stage}`);
    return total > 1 ? `${name} ${formatCount(completed)} / ${formatCount(total)}` : name;
  }
  if (row.state === "done" && row.job?.passages != null) return t("indexed", { count: row.job.passages });
  return t(`state.${row.state}`);
}

function Reason({ row }: { row: UploadRow }) {
  const t = useTranslations("knowledge.uploads");
  const tLimit = useTranslations("limits");
  if (row.limit) return tLimit(row.limit);
  if (row.problem !== null) return t(`problem.${row.problem}`);
  if (row.job?.error) return <JobFault job={row.job} />;
  return row.message ?? t("unreachable");
}

function ShareBar({ share, name }: { share: number; name: string }) {
  const percent = Math.round(share * 100);
  return (
    <span
      role="progressbar"
      aria-label={name}
      aria-valuenow={percent}
      className="block h-[3px] overflow-hidden rounded-bar bg-bg3"
    >
      <i
        className="block h-full rounded-bar bg-accent transition-[width] forced-color-adjust-none"
        style={{ width: `${percent}%` }}
      />
    </span>
  );
}
