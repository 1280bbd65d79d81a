import { useTranslations } from "next-intl";
import { StatusDot } from "@/components/ui/status-dot";
import { CopyButton } from "./copy-button";
import { shortId } from "./replay/short-id";
import type { StatusView } from "./run-status";

interface RequestChipProps {
  requestId: string;
  /** Null while nothing is known of the run. */
  status: StatusView | null;
}

/** Which request is shown and how it went. */
export function RequestChip({ requestId, status }: RequestChipProps) {
  const t = useTranslations("debug");
  return (
    <span className="inline-flex h-7 flex-none items-center gap-2 rounded-row border border-line bg-bg1 pr-1 pl-2.5">
      {status ? <StatusDot status={status.dot} label={t(`status.${status.label}`)} /> : null}
      <span className="mono font-medium" title={requestId}>
        {requestId.startsWith("import-") ? shortId(requestId) : requestId.slice(0, 8)}
      </span>
      <CopyButton text={requestId} label={t("header.copyId")} size="xs" className="text-fg2" />
    </span>
  );
}
