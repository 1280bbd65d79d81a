import { Clock, CloudOff, EyeOff, FileInput, Info, type LucideIcon, TriangleAlert, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { cn } from "@/components/ui/cn";
import { Icon } from "@/components/ui/icon";
import { IconButton } from "@/components/ui/icon-button";
import type { TraceCounts } from "@/lib/domain/trace-counts";
import type { Banner, BannerKind } from "./build-banners";
import type { Resend } from "./use-resend";

const ICON: Readonly<Record<BannerKind, LucideIcon>> = {
  stream: TriangleAlert,
  gone: Clock,
  redis: TriangleAlert,
  langfuse: CloudOff,
  lost: CloudOff,
  expired: Clock,
  imported: FileInput,
  withheld: EyeOff,
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
  /** Null where there is no trace to send. */
  trace: TraceNoteProps | null;
}

/** The notices of one request; one that is dismissed stays away for that request. */
export function RunBanners({ requestId, banners, dismissed, dismiss, onRetry, trace }: RunBannersProps) {
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
            trace={banner.kind === "langfuse" || banner.kind === "lost" ? trace : null}
            onDismiss={() => dismiss(keyOf(banner))}
          />
        ))}
    </>
  );
}

interface BannerRowProps {
  banner: Banner;
  onRetry(): void;
  trace: TraceNoteProps | null;
  onDismiss(): void;
}

function BannerRow({ banner, onRetry, trace, onDismiss }: BannerRowProps) {
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
      <span className="min-w-0 flex-1 text-fg0">
        {t(`banner.${banner.kind}`, { n: banner.n })}
        {trace ? <TraceNote {...trace} /> : null}
      </span>
      {banner.action === "retry" ? <TextButton onClick={onRetry}>{t("retry")}</TextButton> : null}
      {banner.action === "resend" && trace ? (
        <TextButton onClick={trace.resend.send} busy={trace.resend.state === "sending"}>
          {t("langfuse.resend")}
        </TextButton>
      ) : null}
      <IconButton icon={X} label={t("dismiss")} size="xs" className="text-current!" onClick={onDismiss} />
    </div>
  );
}

interface TextButtonProps {
  onClick(): void;
  busy?: boolean;
  children: ReactNode;
}

function TextButton({ onClick, busy = false, children }: TextButtonProps) {
  return (
    <button
      type="button"
      onClick={onClick}
      aria-disabled={busy}
      className="flex-none font-medium underline underline-offset-2 aria-disabled:opacity-50 max-sm:min-h-9"
    >
      {children}
    </button>
  );
}

interface TraceNoteProps {
  reason: string | null;
  /** How it stands with all runs. */
  counts: TraceCounts | null;
  resend: Resend;
}

/** Why, and how it stands with the other traces; or why sending again did not work. */
function TraceNote({ reason, counts, resend }: TraceNoteProps) {
  const t = useTranslations("debug.langfuse");
  const refused = resend.state === "nothing" || resend.state === "failed" ? t(resend.state) : null;
  const told = [refused ?? reason, counts && t("counts", { ...counts })].filter(Boolean).join(" · ");
  return told === "" ? null : <span className="block text-fg1">{told}</span>;
}
