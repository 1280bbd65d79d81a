import { Bug, Clock, CloudOff, Lock, type LucideIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { useDelayed } from "./use-delayed";

/** The run has expired, and Langfuse, which may have it, could not be asked. */
export function ArchiveNotice({ onRetry }: { onRetry(): void }) {
  const t = useTranslations("debug");
  return (
    <div className="flex flex-1 flex-col" role="alert">
      <Notice icon={CloudOff} title={t("archive.failed")} detail={t("archive.failedDetail")}>
        <Button className="mt-2" onClick={onRetry}>
          {t("retry")}
        </Button>
      </Notice>
    </div>
  );
}

/** What the panel says when there is no run to show. */
export function PanelNotice({ kind }: { kind: "empty" | "missing" | "forbidden" }) {
  const t = useTranslations("debug.state");
  switch (kind) {
    case "empty":
      return <Notice icon={Bug} title={t("empty")} detail={t("emptyDetail")} />;
    case "missing":
      return <Notice icon={Clock} title={t("missing")} detail={t("missingDetail")} />;
    case "forbidden":
      return <Notice icon={Lock} title={t("forbidden")} detail={t("forbiddenDetail")} />;
  }
}

interface NoticeProps {
  icon: LucideIcon;
  title: string;
  detail?: string;
  /** What can be done about it. */
  children?: ReactNode;
}

/** A message in the middle of an otherwise empty pane. */
export function Notice({ icon, title, detail, children }: NoticeProps) {
  return (
    <div className="grid flex-1 place-content-center justify-items-center gap-1 p-8 text-center text-fg1">
      <Icon of={icon} size={20} className="mb-2 text-fg2" />
      <b className="font-semibold text-fg0">{title}</b>
      {detail ? <span>{detail}</span> : null}
      {children}
    </div>
  );
}

const BONES = [72, 46, 58, 40, 64, 52] as const;

/** Six grey rows; only after 300 ms, since most answers are there before that. */
export function PanelSkeleton() {
  const t = useTranslations("debug.state");
  const visible = useDelayed(300);
  return (
    <div aria-busy="true" role="status" className="grid flex-1 content-start gap-3 p-3">
      <span className="sr-only">{t("loading")}</span>
      {visible
        ? BONES.map((width) => (
            <span key={width} className="block h-4 rounded-chip bg-bg2" style={{ width: `${width}%` }} />
          ))
        : null}
    </div>
  );
}
