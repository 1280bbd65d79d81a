import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { foreignLanguage } from "@/components/chat/foreign-language";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import type { RunRecord } from "@/lib/domain/run-record";
import { formatRelevance } from "@/lib/run-view/format";
import { SectionHeading } from "../section-heading";
import { buildSupportView, type SupportRow } from "./build-support-view";

/** Every cited sentence with how far its passage supports it; those that it does not come with the evidence. */
export function SupportSection({ record }: { record: RunRecord }) {
  const t = useTranslations("debug.support");
  const view = useMemo(() => buildSupportView(record), [record]);
  if (!view) return null;
  const mean = view.mean === null ? t("unchecked") : t("mean", { value: formatRelevance(view.mean) });
  return (
    <section aria-label={t("title")} className="border-line border-t">
      <SectionHeading title={t("title")} detail={mean}>
        {view.unsupported > 0 ? <Badge tone="warn">{t("count", { n: view.unsupported })}</Badge> : null}
      </SectionHeading>
      <ul className="pb-2">
        {view.rows.map((row) => (
          <SupportLine key={row.key} row={row} />
        ))}
      </ul>
    </section>
  );
}

function SupportLine({ row }: { row: SupportRow }) {
  const t = useTranslations("debug.support");
  const page = useLocale();
  const { n, sentence, support, unsupported, evidence } = row;
  return (
    <li className="grid grid-cols-[28px_minmax(0,1fr)_36px] gap-x-2 px-3 py-1">
      <span className="text-accent text-meta leading-[1.25rem]">[{n}]</span>
      <span
        lang={foreignLanguage(sentence, page)}
        className={cn(
          "break-words",
          unsupported && "underline decoration-1 decoration-warn decoration-wavy underline-offset-[3px]",
        )}
      >
        {sentence}
        {unsupported ? <span className="sr-only"> ({t("notSaid")})</span> : null}
      </span>
      <span
        title={support === null ? t("cannotTell") : undefined}
        className={cn("text-right tabular-nums", unsupported ? "font-medium text-warn" : "text-fg1")}
      >
        {formatRelevance(support)}
      </span>
      {unsupported && evidence ? <Evidence row={row} evidence={evidence} /> : null}
    </li>
  );
}

interface EvidenceProps {
  row: SupportRow;
  evidence: NonNullable<SupportRow["evidence"]>;
}

function Evidence({ row: { passageId }, evidence: { sentence, missing, negation, reason } }: EvidenceProps) {
  const t = useTranslations("debug.support");
  const page = useLocale();
  const findings = [
    ...(missing.length > 0 ? [t("missing", { list: missing.join(", ") })] : []),
    ...(negation ? [t("negation")] : []),
    ...(reason === null ? [] : [t("judged", { reason })]),
  ];
  return (
    <div className="col-span-2 col-start-2 mt-1 border-warn-line border-l-2 pl-2 text-meta">
      {sentence === "" ? null : (
        <blockquote lang={foreignLanguage(sentence, page)} className="break-words text-fg1">
          {sentence}
        </blockquote>
      )}
      {findings.length > 0 ? <p className="text-warn">{findings.join(" · ")}</p> : null}
      <p className="mono truncate text-fg2 text-label">{passageId}</p>
    </div>
  );
}
