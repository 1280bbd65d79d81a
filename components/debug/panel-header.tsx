import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { RequestChip } from "./request-chip";
import type { StatusView } from "./run-status";
import { RunSwitcher } from "./run-switcher";

interface PanelHeaderProps {
  requestId: string;
  requestIds: readonly string[];
  /** Null while nothing is known of the run. */
  status: StatusView | null;
  onSelectRequest(id: string): void;
  /** Null where the panel cannot be closed. */
  onClose: (() => void) | null;
  /** The Langfuse button. */
  trace: ReactNode;
  /** Icon buttons between the Langfuse button and the cross. */
  children?: ReactNode;
}

/** One row; on a narrow panel two: id, buttons, close over switcher and Langfuse. */
export function PanelHeader(props: PanelHeaderProps) {
  const { requestId, requestIds, status, onSelectRequest, onClose, trace, children } = props;
  const t = useTranslations("debug");
  return (
    <div className="flex min-h-12 flex-none items-center gap-1 pr-2 pl-3 @max-[520px]/debug:flex-wrap @max-[520px]/debug:gap-y-1.5 @max-[520px]/debug:py-2">
      <RequestChip requestId={requestId} status={status} />
      <RunSwitcher
        requestId={requestId}
        requestIds={requestIds}
        onSelect={onSelectRequest}
        className="ml-1 @max-[520px]/debug:order-2 @max-[520px]/debug:-ml-2 @max-[520px]/debug:mr-1"
      />
      <span className="flex-1" />
      <span className="contents @max-[520px]/debug:order-3 @max-[520px]/debug:mr-1 @max-[520px]/debug:flex @max-[520px]/debug:flex-1 @max-[520px]/debug:*:flex-1 @max-[520px]/debug:*:justify-center">
        {trace}
      </span>
      {children}
      {onClose ? <IconButton icon={X} label={t("close")} keys="Esc" onClick={onClose} /> : null}
      <span className="order-1 hidden h-0 basis-full @max-[520px]/debug:block" />
    </div>
  );
}
