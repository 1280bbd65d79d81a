import { Clock, CloudOff, FileInput, Info, type LucideIcon, TriangleAlert, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { cn } from "@/components/ui/cn";
import { Icon } from "@/components/ui/icon";
import { IconButton } from "@/components/ui/icon-button";
import type { Banner, BannerKind } from "./build-banners";

const ICON: Readonly<Record<BannerKind, LucideIcon>> = {
  stream: TriangleAlert,
  gone: Clock,
  redis: TriangleAlert,
  langfuse: CloudOff,
  expired: Clock,
  imported: FileInput,
  dropped: TriangleAlert,
  truncated: Info,
  unreadable: Info,
};

/** Which notices of which requests somebody has read. */
export interface Dismissals {
  dismissed: ReadonlySet<string>;
  dismiss(key: string): void;
}

/** Lives as long as the panel: a notice stays away when the reader comes back to its request. */
export function useDismissals(): Dismissals {
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set());
  return { dismissed, dismiss: (key) => setDismissed((before) => new Set(before).add(key)) };
}

interface RunBannersProps extends Dismissals {
  requestId: string;
  banners: readonly Banner[];
  onRetry(): void;
}

/** The notices of one request; one that is dismissed stays away for that request. */
export function RunBanners({ requestId, banners, dismissed, dismiss, onRetry }: RunBannersProps) {
  const keyOf = ({ kind }: Banner) => `${requestId} ${kind}`;
  return (
    <>
      {banners
        .filter((banner) => !dismissed.has(keyOf(banner)))
        .map((banner) => (
          <BannerRow
            key={banner.kind}
            banner={banner}
            onRetry={onRetry}
            onDismiss={() => dismiss(keyOf(banner))}
          />
        ))}
    </>
  );
}

interface BannerRowProps {
  banner: Banner;
  onRetry(): void;
  onDismiss(): void;
}

function BannerRow({ banner, onRetry, onDismiss }: BannerRowProps) {
  const t = useTranslations("debug");
  return (
    <div
      role="status"
      className={cn(
        "relative -mb-px flex min-h-8 flex-none items-center gap-2 border-y py-1.5 pr-2 pl-3 text-meta",
        banner.tone === "warn"
          ? "border-warn-line bg-warn-bg text-warn"
          : "border-line bg-bg2 text-fg1 dark:border-line2",
      )}
    >
      <Icon of={ICON[banner.kind]} size={14} />
      <span className="min-w-0 flex-1 text-fg0">{t(`banner.${banner.kind}`, { n: banner.n })}</span>
      {banner.retry ? (
        <button
          type="button"
          onClick={onRetry}
          className="font-medium underline underline-offset-2 max-sm:min-h-9"
        >
          {t("retry")}
        </button>
      ) : null}
      <IconButton icon={X} label={t("dismiss")} size="xs" className="text-current" onClick={onDismiss} />
    </div>
  );
}
