import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import type { PartState } from "@/lib/domain/overview";

const TONE = { ok: "ok", degraded: "warn", down: "err", disabled: "plain" } as const;

interface PartCardProps {
  title: string;
  /** Null for what has none. */
  state: PartState | null;
  /** Beside the title, on the right. */
  action?: ReactNode;
  children: ReactNode;
}

/** One part of the server: its state and what is known of it. */
export function PartCard({ title, state, action, children }: PartCardProps) {
  const t = useTranslations("settings.state");
  return (
    <section aria-label={title} className="min-w-0 rounded-card border border-line bg-bg0">
      <div className="flex min-h-10 items-center gap-2 border-line border-b px-3 py-1.5">
        <h2 className="font-semibold text-dense">{title}</h2>
        {state === null ? null : <Badge tone={TONE[state]}>{t(state)}</Badge>}
        <span className="flex-1" />
        {action}
      </div>
      {children}
    </section>
  );
}

/** A list of names and values. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="grid gap-1.5 px-3 py-2.5">{children}</dl>;
}

interface FactProps {
  name: string;
  /** What names it in the environment. */
  setting?: string;
  children: ReactNode;
}

/** One of them; unknown is a dash. */
export function Fact({ name, setting, children }: FactProps) {
  return (
    <div className="grid grid-cols-[minmax(0,14rem)_minmax(0,1fr)] items-baseline gap-3 max-sm:grid-cols-[minmax(0,10rem)_minmax(0,1fr)]">
      <dt className="wrap-anywhere text-fg1">
        {name}
        {setting ? <code className="mono block text-fg2 text-label">{setting}</code> : null}
      </dt>
      <dd className="wrap-anywhere text-fg0 tabular-nums">{children ?? "–"}</dd>
    </div>
  );
}
