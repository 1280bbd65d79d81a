import { ArrowUpRight, ChevronDown, ChevronUp, Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { Icon } from "@/components/ui/icon";
import { IconButton } from "@/components/ui/icon-button";
import { Segmented } from "@/components/ui/segmented";
import { Tooltip } from "@/components/ui/tooltip";
import type { RunRecord, Span, SpanStatus } from "@/lib/domain/run-record";
import { formatDuration, formatOffset } from "@/lib/run-view/format";
import { spanLabel } from "@/lib/run-view/span-label";
import { spanTimes } from "@/lib/run-view/timeline";
import { CopyButton } from "../copy-button";
import { FilterField } from "../filter-field";
import { JsonViewer } from "../json/json-viewer";
import { KIND_ICON, kindColor } from "../span-kind";
import { spanStatusKey } from "./span-status";

type DataKind = "input" | "output" | "attributes";
const DATA_KINDS: readonly DataKind[] = ["input", "output", "attributes"];

interface SpanDetailProps {
  span: Span;
  record: RunRecord;
  nowMs: number;
  /** On phones: a bar that opens on tap. Null where the detail is always open. */
  sheet: { open: boolean; onToggle(): void } | null;
}

/** What one span was given, what it gave back and what else is known of it. */
export function SpanDetail({ span, record, nowMs, sheet }: SpanDetailProps) {
  const t = useTranslations("debug.timeline");
  const [kind, setKind] = useState<DataKind>("output");
  const [query, setQuery] = useState<string | null>(null);
  const closed = sheet !== null && !sheet.open;
  const value = span[kind];
  return (
    <>
      <div
        className={cn("flex flex-none items-center gap-1.5 pr-2 pl-3", closed ? "h-12" : "h-9 max-sm:h-12")}
      >
        <SpanTitle span={span} record={record} nowMs={nowMs} always={closed} />
        {closed ? null : <span className="flex-1" />}
        {closed ? null : (
          <>
            <Segmented<DataKind>
              label={t("data")}
              value={kind}
              segments={DATA_KINDS.map((id) => ({ value: id, label: t(id) }))}
              onChange={setKind}
            />
            <DetailTools
              span={span}
              record={record}
              kind={kind}
              onSearch={() => setQuery(query === null ? "" : null)}
            />
          </>
        )}
        {sheet ? (
          <IconButton
            icon={sheet.open ? ChevronDown : ChevronUp}
            label={sheet.open ? t("collapse") : t("expand")}
            size="sm"
            onClick={sheet.onToggle}
          />
        ) : null}
      </div>
      {closed ? null : (
        <>
          {query === null ? null : <SearchRow value={query} onChange={setQuery} />}
          <div className="mono min-h-0 flex-1 overflow-auto px-3 pt-1 pb-3 leading-5">
            {isNothing(value) ? (
              <p className="pl-4 font-sans text-fg2">{t(span.status === "running" ? "notYet" : "nothing")}</p>
            ) : (
              <JsonViewer key={`${span.span_id} ${kind}`} value={value} label={t(kind)} query={query ?? ""} />
            )}
          </div>
        </>
      )}
    </>
  );
}

function isNothing(value: Span["output"]): boolean {
  return value === null || (typeof value === "object" && Object.keys(value).length === 0);
}

const TONE: Readonly<Record<SpanStatus, "ok" | "warn" | "err">> = {
  ok: "ok",
  running: "warn",
  error: "err",
  aborted: "warn",
};

/** `always`: the times are shown in a narrow panel too. */
function SpanTitle({ span, record, nowMs, always }: Omit<SpanDetailProps, "sheet"> & { always: boolean }) {
  const t = useTranslations("debug.status");
  const { startMs, endMs } = spanTimes(span, record, nowMs);
  return (
    <>
      <span className="mr-1" style={{ color: kindColor(span.kind) }}>
        <Icon of={KIND_ICON[span.kind]} size={14} className="stroke-2" />
      </span>
      <b className="truncate font-semibold" title={span.name}>
        {spanLabel(span, record)}
      </b>
      <Badge tone={TONE[span.status]} title={span.status_message ?? undefined}>
        {t(spanStatusKey(span.status))}
      </Badge>
      <span
        className={cn(
          "min-w-0 truncate text-fg2 text-meta tabular-nums",
          always ? "ml-auto" : "@max-[480px]/debug:hidden",
        )}
      >
        {formatOffset(startMs)} · {formatDuration(endMs - startMs)}
      </span>
    </>
  );
}

interface DetailToolsProps {
  span: Span;
  record: RunRecord;
  kind: DataKind;
  onSearch(): void;
}

function DetailTools({ span, record, kind, onSearch }: DetailToolsProps) {
  const t = useTranslations("debug");
  return (
    <span className="flex flex-none @max-[480px]/debug:hidden">
      <IconButton icon={Search} label={t("json.search")} size="sm" onClick={onSearch} />
      <CopyButton text={() => JSON.stringify(span[kind], null, 2)} />
      <ObservationLink span={span} base={record.trace.observation_base} />
    </span>
  );
}

/** The same span in Langfuse: our span ids are its observation ids. */
function ObservationLink({ span, base }: { span: Span; base: string | null }) {
  const t = useTranslations("debug.langfuse");
  if (base === null) return null;
  return (
    <Tooltip label={t("span")} keys="O">
      <a
        href={`${base}${span.span_id}`}
        target="_blank"
        rel="noopener noreferrer"
        aria-label={t("span")}
        data-span-link
        className="inline-grid size-6 place-items-center rounded-chip text-fg1 hover:bg-bg3 hover:text-fg0"
      >
        <Icon of={ArrowUpRight} size={14} />
      </a>
    </Tooltip>
  );
}

function SearchRow({ value, onChange }: { value: string; onChange(value: string): void }) {
  const t = useTranslations("debug.json");
  return (
    <div className="flex-none px-3 pb-1.5">
      <FilterField icon={Search} label={t("search")} value={value} onChange={onChange} />
    </div>
  );
}
