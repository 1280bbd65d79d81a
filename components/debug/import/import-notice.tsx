import { FileWarning, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Icon } from "@/components/ui/icon";
import { IconButton } from "@/components/ui/icon-button";
import type { ImportHandle } from "./use-import";

/** Why the last file could not be imported, until somebody has read it. */
export function ImportNotice({ problem, dismiss }: Pick<ImportHandle, "problem" | "dismiss">) {
  const t = useTranslations("debug");
  if (!problem) return null;
  return (
    <div
      role="alert"
      className="flex min-h-8 flex-none items-center gap-2 border-err-line border-b bg-err-bg py-1.5 pr-2 pl-3 text-meta"
    >
      <Icon of={FileWarning} size={14} className="text-err" />
      <span className="min-w-0 flex-1 break-words text-fg0">
        {t(`import.problem.${problem.kind}`)}
        {problem.detail ? <span className="mono block text-fg1">{problem.detail}</span> : null}
      </span>
      <IconButton icon={X} label={t("dismiss")} size="xs" onClick={dismiss} />
    </div>
  );
}

/** Lies over the panel while a file is held over it. */
export function DropHint({ over }: Pick<ImportHandle, "over">) {
  const t = useTranslations("debug.import");
  if (!over) return null;
  return (
    <div className="pointer-events-none absolute inset-2 z-30 grid place-content-center rounded-card border-2 border-accent border-dashed bg-accent-bg font-medium text-accent">
      {t("drop")}
    </div>
  );
}
