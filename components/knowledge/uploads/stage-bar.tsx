import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import type { Job, JobStage } from "@/lib/domain/job";
import { formatDuration } from "@/lib/run-view/format";
import { toStretches } from "./build-upload-rows";

const COLOR: Record<JobStage, string> = {
  parse: "bg-k-plan",
  chunk: "bg-k-context",
  embed: "bg-k-embedding",
  index: "bg-k-retriever",
};

/** The stages of a job: what each took, and a bar of them to scale. */
export function StageBar({ job }: { job: Job }) {
  const t = useTranslations("knowledge.uploads");
  if (job.stages.length === 0) return null;
  const stretches = toStretches(job);
  return (
    <span className="grid gap-1">
      <span className="flex flex-wrap gap-x-3 text-fg2 text-label tabular-nums">
        {stretches.map(({ stage, ms }) => (
          <span key={stage} className="flex items-center gap-1">
            <i aria-hidden className={cn("size-1.5 rounded-[1px] forced-color-adjust-none", COLOR[stage])} />
            {ms === null ? t(`stage.${stage}`) : `${t(`stage.${stage}`)} ${formatDuration(ms)}`}
          </span>
        ))}
      </span>
      <span aria-hidden className="relative block h-[3px] overflow-hidden rounded-bar bg-bg3">
        {stretches.map(({ stage, left, width }) => (
          <i
            key={stage}
            className={cn("absolute inset-y-0 min-w-px forced-color-adjust-none", COLOR[stage])}
            style={{ left: `${left * 100}%`, width: `${width * 100}%` }}
          />
        ))}
      </span>
    </span>
  );
}
