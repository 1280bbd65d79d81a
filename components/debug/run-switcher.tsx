import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";

interface RunSwitcherProps {
  requestId: string;
  /** All requests of the conversation, oldest first. */
  requestIds: readonly string[];
  onSelect(id: string): void;
  className?: string;
}

/** Steps through the requests of the conversation; nothing for a request that is not one of them. */
export function RunSwitcher({ requestId, requestIds, onSelect, className }: RunSwitcherProps) {
  const t = useTranslations("debug.header");
  const index = requestIds.indexOf(requestId);
  if (index < 0) return null;
  const place = { n: index + 1, m: requestIds.length };
  const step = (by: -1 | 1) => {
    const id = requestIds[index + by];
    return { disabled: id === undefined, onClick: () => id !== undefined && onSelect(id) };
  };
  return (
    <span className={cn("inline-flex flex-none items-center text-fg1 text-meta", className)}>
      <IconButton icon={ChevronLeft} label={t("previous")} keys="[" size="sm" {...step(-1)} />
      <span role="img" aria-label={t("place", place)} className="min-w-[34px] text-center tabular-nums">
        {place.n} / {place.m}
      </span>
      <IconButton icon={ChevronRight} label={t("next")} keys="]" size="sm" {...step(1)} />
    </span>
  );
}
