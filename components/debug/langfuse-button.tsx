import { ArrowUpRight, CloudOff, LoaderCircle, Plug, RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Tooltip } from "@/components/ui/tooltip";
import { isGivenUp, type TraceLink } from "@/lib/domain/trace-link";
import type { Resend } from "./use-resend";

/** The handbook's page on connecting Langfuse. */
const SET_UP_PAGE = "/help/langfuse";

interface LangfuseButtonProps {
  trace: TraceLink;
  /** The panel asks by itself whether the trace has become visible. */
  awaitsTrace: boolean;
  onRefresh(): void;
  resend: Resend;
  className?: string;
}

/** The way to the trace. It is a link only when Langfuse really has the trace; else it says why not. */
export function LangfuseButton({ trace, awaitsTrace, onRefresh, resend, className }: LangfuseButtonProps) {
  const t = useTranslations("debug.langfuse");
  switch (trace.state) {
    case "visible":
      return (
        <Button asChild variant="primary" className={className}>
          <a href={trace.url ?? undefined} target="_blank" rel="noopener noreferrer" data-trace-link>
            {t("open")}
            <Icon of={ArrowUpRight} size={14} />
          </a>
        </Button>
      );
    case "pending":
    case "exported":
      return awaitsTrace ? (
        <Button variant="busy" aria-disabled className={className}>
          <Icon of={LoaderCircle} size={14} className="animate-spin" />
          {t("ingesting")}
        </Button>
      ) : (
        <Button onClick={onRefresh} className={className}>
          <Icon of={RotateCw} size={14} />
          {t("again")}
        </Button>
      );
    case "disabled":
      return (
        <Button asChild variant="dashed" className={className}>
          <a href={SET_UP_PAGE} target="_blank" rel="noopener">
            <Icon of={Plug} size={14} />
            {t("connect")}
          </a>
        </Button>
      );
    case "sampled_out":
      return (
        <Reasoned reason={trace.reason}>
          <Button variant="dashed" aria-disabled className={className}>
            {t("notSampled")}
          </Button>
        </Reasoned>
      );
    case "failed":
      return (
        <Reasoned reason={trace.reason}>
          <Button
            variant="warn"
            onClick={isGivenUp(trace) ? onRefresh : resend.send}
            aria-disabled={resend.state === "sending"}
            className={className}
          >
            <Icon of={CloudOff} size={14} />
            {t("unreachable")}
          </Button>
        </Reasoned>
      );
  }
}

function Reasoned({ reason, children }: { reason: string | null; children: React.ReactNode }) {
  return reason ? <Tooltip label={reason}>{children}</Tooltip> : children;
}
