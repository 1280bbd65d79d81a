import { ChevronLeft, ChevronRight, Download, X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { StatusDot } from "@/components/ui/status-dot";
import { Tooltip } from "@/components/ui/tooltip";
import { CopyButton } from "./copy-button";
import type { StatusView } from "./run-status";

interface PanelHeaderProps {
  requestId: string;
  requestIds: readonly string[];
  /** Null while nothing is known of the run. */
  status: StatusView | null;
  /** The server has the run: it can be exported. */
  stored: boolean;
  onSelectRequest(id: string): void;
  onClose(): void;
  /** The Langfuse button. */
  children?: ReactNode;
}

/** One row; below 480 px two: id, export, close over switcher and Langfuse. */
export function PanelHeader(props: PanelHeaderProps) {
  const { requestId, requestIds, status, stored, onSelectRequest, onClose, children } = props;
  const t = useTranslations("debug");
  return (
    <div className="flex min-h-12 flex-none items-center gap-1 pr-2 pl-3 @max-[480px]/debug:flex-wrap @max-[480px]/debug:gap-y-1.5 @max-[480px]/debug:py-2">
      <RequestChip requestId={requestId} status={status} />
      <RunSwitcher requestId={requestId} requestIds={requestIds} onSelect={onSelectRequest} />
      <span className="flex-1" />
      <span className="contents @max-[480px]/debug:order-3 @max-[480px]/debug:mr-1 @max-[480px]/debug:flex @max-[480px]/debug:flex-1 @max-[480px]/debug:*:flex-1 @max-[480px]/debug:*:justify-center">
        {children}
      </span>
      {stored ? <ExportLink requestId={requestId} /> : null}
      <IconButton icon={X} label={t("close")} keys="Esc" onClick={onClose} />
      <span className="order-1 hidden h-0 basis-full @max-[480px]/debug:block" />
    </div>
  );
}

function RequestChip({ requestId, status }: Pick<PanelHeaderProps, "requestId" | "status">) {
  const t = useTranslations("debug");
  return (
    <span className="inline-flex h-7 items-center gap-2 rounded-row border border-line bg-bg1 pr-1 pl-2.5">
      {status ? <StatusDot status={status.dot} label={t(`status.${status.label}`)} /> : null}
      <span className="mono font-medium" title={requestId}>
        {requestId.slice(0, 8)}
      </span>
      <CopyButton text={requestId} label={t("header.copyId")} size="xs" className="text-fg2" />
    </span>
  );
}

interface RunSwitcherProps {
  requestId: string;
  requestIds: readonly string[];
  onSelect(id: string): void;
}

function RunSwitcher({ requestId, requestIds, onSelect }: RunSwitcherProps) {
  const t = useTranslations("debug.header");
  const index = requestIds.indexOf(requestId);
  if (index < 0) return null;
  const place = { n: index + 1, m: requestIds.length };
  const step = (by: -1 | 1) => {
    const id = requestIds[index + by];
    return { disabled: id === undefined, onClick: () => id !== undefined && onSelect(id) };
  };
  return (
    <span className="ml-1 inline-flex items-center text-fg1 text-meta @max-[480px]/debug:order-2 @max-[480px]/debug:-ml-2 @max-[480px]/debug:mr-1">
      <IconButton icon={ChevronLeft} label={t("previous")} keys="[" size="sm" {...step(-1)} />
      <span role="img" aria-label={t("place", place)} className="min-w-[34px] text-center tabular-nums">
        {place.n} / {place.m}
      </span>
      <IconButton icon={ChevronRight} label={t("next")} keys="]" size="sm" {...step(1)} />
    </span>
  );
}

/** A plain download: the file is the folded record, whose `v` says which format it has. */
function ExportLink({ requestId }: { requestId: string }) {
  const t = useTranslations("debug.header");
  return (
    <Tooltip label={t("export")}>
      <a
        href={`/api/debug/${encodeURIComponent(requestId)}?view=record`}
        download={`sidetrace-run-${requestId.slice(0, 8)}.json`}
        aria-label={t("export")}
        className="inline-grid size-7 flex-none place-items-center rounded-row text-fg1 hover:bg-bg3 hover:text-fg0 max-sm:size-9"
      >
        <Download aria-hidden className="size-4" strokeWidth={1.75} />
      </a>
    </Tooltip>
  );
}
