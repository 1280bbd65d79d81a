import { CloudAlert, CloudCheck, CloudOff, CloudUpload, FileInput, ThumbsDown, ThumbsUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { type Glyph, Icon } from "@/components/ui/icon";
import { StatusDot } from "@/components/ui/status-dot";
import type { RequestRowView } from "./build-request-row";
import { HitText } from "./hit-text";

interface RequestRowProps {
  row: RequestRowView;
  /** The name of its knowledge base. */
  kb: string;
  /** The request that the panel shows. */
  current: boolean;
}

/** One run: its question and time, and below them where it went and what it took. */
export function RequestRow({ row, kb, current }: RequestRowProps) {
  const t = useTranslations("debug");
  return (
    <>
      <span className="flex items-center gap-2">
        <StatusDot status={row.status.dot} label={t(`status.${row.status.label}`)} />
        <span className={cn("min-w-0 flex-1 truncate", current ? "font-semibold" : "font-medium")}>
          <HitText parts={row.question} />
        </span>
        <span className="flex flex-none items-center gap-1.5 text-fg2">
          {row.imported ? <Sign icon={FileInput} label={t("requests.imported")} /> : null}
          <FeedbackSign feedback={row.feedback} />
          <TraceSign trace={row.trace} />
        </span>
        <span className="text-fg2 text-meta tabular-nums">{row.time}</span>
      </span>
      {row.excerpt ? (
        <span className="mt-0.5 block truncate pl-4 text-fg1 text-meta">
          <HitText parts={row.excerpt} />
        </span>
      ) : null}
      <span className="mt-0.5 flex items-center gap-3 pl-4 text-fg2 text-meta">
        <span className="min-w-0 flex-1 truncate">
          {[kb, row.agents, row.model].filter((part) => part !== "").join(" · ")}
        </span>
        <Figures row={row} />
      </span>
    </>
  );
}

function Figures({ row }: { row: RequestRowView }) {
  const t = useTranslations("debug.requests");
  return (
    <>
      <Figure label={t("duration")} value={row.duration} className="min-w-13" />
      <Figure label={t("tokens")} value={row.tokens} unit="tok" className="min-w-15" />
      <Figure label={t("cost")} value={row.cost} className="min-w-13 @max-[480px]/debug:hidden" />
    </>
  );
}

interface FigureProps {
  label: string;
  value: string;
  unit?: string;
  className: string;
}

function Figure({ label, value, unit, className }: FigureProps) {
  return (
    <span title={label} className={cn("flex-none text-right text-fg1 tabular-nums", className)}>
      <span className="sr-only">{label} </span>
      {value}
      {unit ? <span className="text-fg2"> {unit}</span> : null}
    </span>
  );
}

function FeedbackSign({ feedback }: Pick<RequestRowView, "feedback">) {
  const t = useTranslations("debug.requests");
  switch (feedback) {
    case "up":
      return <Sign icon={ThumbsUp} label={t("up")} className="text-ok" />;
    case "down":
      return <Sign icon={ThumbsDown} label={t("down")} className="text-err" />;
    case null:
      return null;
  }
}

const TRACE_ICON = {
  visible: CloudCheck,
  pending: CloudUpload,
  exported: CloudUpload,
  failed: CloudOff,
  sampled_out: CloudAlert,
} as const;

/** Where the trace is on its way to Langfuse; nothing where there is no Langfuse. */
function TraceSign({ trace }: Pick<RequestRowView, "trace">) {
  const t = useTranslations("debug.requests.trace");
  if (trace === "disabled") return null;
  const tone = trace === "failed" ? "text-warn" : undefined;
  return <Sign icon={TRACE_ICON[trace]} label={t(trace)} className={tone} />;
}

function Sign({ icon, label, className }: { icon: Glyph; label: string; className?: string | undefined }) {
  return (
    <span role="img" aria-label={label} title={label} className={cn("flex-none", className)}>
      <Icon of={icon} size={14} />
    </span>
  );
}
