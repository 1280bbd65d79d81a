import { ArrowUpRight, Plug } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Icon } from "@/components/ui/icon";
import type { Overview } from "@/lib/domain/overview";
import { Fact, Facts, PartCard } from "./part-card";

type Langfuse = Overview["langfuse"];

/** Whether Langfuse takes the traces, and where those are that it does not have. */
export function LangfusePart({ langfuse }: { langfuse: Langfuse }) {
  const t = useTranslations("settings.langfuse");
  const format = useFormatter();
  const { state, reason, version, url, trace, sample_rate, environment, counts } = langfuse;
  if (url === null) {
    return (
      <PartCard title="Langfuse" state={state} action={<SetUpLink />}>
        <p className="px-3 py-2.5 text-fg1">{t("off")}</p>
      </PartCard>
    );
  }
  return (
    <PartCard title="Langfuse" state={state} action={<OpenLink url={url} />}>
      {reason === null ? null : (
        <p role="status" className="border-warn-line border-b bg-warn-bg px-3 py-2 text-fg0">
          {reason}
        </p>
      )}
      <Counts counts={counts} />
      <Facts>
        <Fact name={t("version")}>{version}</Fact>
        <Fact name={t("trace")} setting="LANGFUSE_TRACE">
          {t(trace)}
        </Fact>
        <Fact name={t("sampleRate")} setting="LANGFUSE_SAMPLE_RATE">
          {format.number(sample_rate, { style: "percent", maximumFractionDigits: 2 })}
        </Fact>
        <Fact name={t("environment")} setting="LANGFUSE_TRACING_ENVIRONMENT">
          {environment}
        </Fact>
      </Facts>
    </PartCard>
  );
}

function OpenLink({ url }: { url: string }) {
  const t = useTranslations("settings.langfuse");
  return (
    <Button asChild size="sm">
      <a href={url} target="_blank" rel="noopener noreferrer">
        {t("open")}
        <Icon of={ArrowUpRight} size={14} />
      </a>
    </Button>
  );
}

function SetUpLink() {
  const t = useTranslations("settings.langfuse");
  return (
    <Button asChild size="sm" variant="dashed">
      <a href="/help/langfuse" target="_blank" rel="noopener">
        <Icon of={Plug} size={14} />
        {t("connect")}
      </a>
    </Button>
  );
}

const COUNTS = ["exported", "pending", "failed", "dropped"] as const;

/** Each finished run is in one of the four. */
function Counts({ counts }: { counts: Langfuse["counts"] }) {
  const t = useTranslations("settings.langfuse.counts");
  const format = useFormatter();
  return (
    <dl className="grid grid-cols-4 gap-px border-line border-b bg-line max-sm:grid-cols-2">
      {COUNTS.map((kind) => (
        <div key={kind} className="flex flex-col bg-bg0 px-3 py-2.5">
          <dt className="order-2 text-fg1 text-meta">
            {t(kind)}
            <span className="block text-fg2 text-label">{t(`${kind}Detail`)}</span>
          </dt>
          <dd className={cn("font-semibold text-title tabular-nums", counts[kind] > 0 && TONE[kind])}>
            {format.number(counts[kind])}
          </dd>
        </div>
      ))}
    </dl>
  );
}

const TONE = { exported: "", pending: "", failed: "text-warn", dropped: "text-err" } as const;
