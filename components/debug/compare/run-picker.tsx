import { ChevronDown } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { cn } from "@/components/ui/cn";
import { Icon } from "@/components/ui/icon";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { StatusDot } from "@/components/ui/status-dot";
import type { RunRecord } from "@/lib/domain/run-record";
import { shortId } from "../replay/short-id";
import { toStatusView } from "../run-status";
import { RunList } from "./run-list";
import { SideMark } from "./side-mark";

interface RunPickerProps {
  side: "a" | "b";
  /** Null when none is chosen. */
  requestId: string | null;
  /** Null while nothing is known of it. */
  record: RunRecord | null;
  /** The conversation whose runs come first. */
  sessionId: string;
  onChoose(requestId: string): void;
}

/** One of the two runs that are compared, and the list to choose another one from. */
export function RunPicker({ side, requestId, record, sessionId, onChoose }: RunPickerProps) {
  const t = useTranslations("debug.compare");
  const [open, setOpen] = useState(false);
  const choose = (id: string) => {
    setOpen(false);
    onChoose(id);
  };
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger
        aria-label={
          requestId
            ? t(side === "a" ? "chooseA" : "chooseB", { id: shortId(requestId) })
            : `${side.toUpperCase()}: ${t("choose")}`
        }
        className="grid min-w-0 rounded-card border border-line2 px-2.5 py-1.5 @max-[480px]/debug:px-2 text-left transition-colors hover:bg-bg1 data-[state=open]:bg-bg2"
      >
        <span className="flex min-w-0 items-center gap-2 @max-[480px]/debug:gap-1.5">
          <SideMark side={side} />
          <span
            className={cn(
              "min-w-0 truncate",
              requestId ? "mono font-medium @max-[480px]/debug:text-label" : "text-fg1",
            )}
          >
            {requestId ? shortId(requestId) : t("choose")}
          </span>
          {record && record.status !== "success" ? <RunDot record={record} /> : null}
          <Icon of={ChevronDown} size={12} className="ml-auto text-fg2" />
        </span>
        <span className="truncate text-fg2 text-meta">
          <Detail side={side} record={record} />
        </span>
      </PopoverTrigger>
      <PopoverContent align={side === "a" ? "start" : "end"} className="w-100! overflow-hidden">
        <RunList sessionId={sessionId} chosenId={requestId} onChoose={choose} />
      </PopoverContent>
    </Popover>
  );
}

function RunDot({ record }: { record: RunRecord }) {
  const t = useTranslations("debug.status");
  const view = toStatusView(record.status, false);
  return <StatusDot status={view.dot} label={t(view.label)} />;
}

function Detail({ side, record }: Pick<RunPickerProps, "side" | "record">) {
  const t = useTranslations("debug.compare");
  const format = useFormatter();
  const role = t(side === "a" ? "thisRequest" : "baseline");
  if (!record || record.started_at === 0) return role;
  const time = format.dateTime(record.started_at, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hour12: false,
  });
  return [role, time, ...(record.replay_of === null ? [] : [t("replay")])].join(" · ");
}
