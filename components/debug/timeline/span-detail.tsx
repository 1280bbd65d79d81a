import { ArrowUpRight, ChevronDown, ChevronUp, Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { Icon } from "@/components/ui/icon";
import { IconButton } from "@/components/ui/icon-button";
import { Segmented } from "@/components/ui/segmented";
import { Tooltip } from "@/components/ui/tooltip";
import type { KeptPayload } from "@/lib/domain/payload";
import type { RunRecord, Span, SpanStatus } from "@/lib/domain/run-record";
import { formatDuration, formatOffset } from "@/lib/run-view/format";
import { spanLabel } from "@/lib/run-view/span-label";
import { spanTimes } from "@/lib/run-view/timeline";
import { CopyButton } from "../copy-button";
import { JsonViewer } from "../json/json-viewer";
import { PayloadNote } from "../payload-note";
import { KIND_ICON, kindColor } from "../span-kind";
import { findKept, usePayload } from "../use-payload";
import { DATA_KINDS, type DataKind, isNothing, spanData } from "./span-data";
import { spanStatusKey } from "./span-status";

interface SpanDetailProps {
  span: Span;
  record: RunRecord;
  payloads: readonly KeptPayload[];
  nowMs: number;
  /** On phones: a bar that opens on tap. Null where the detail is always open. */
  sheet: { open: boolean; onToggle(): void } | null;
}

/** What one span was given, what it gave back and what else is known of it. */
export function SpanDetail({ span, record, payloads, nowMs, sheet }: SpanDetailProps) {
  const t = useTranslations("debug.timeline");
  const [kind, setKind] = useState<DataKind>("output");
  const [searching, setSearching] = useState(false);
  const closed = sheet !== null && !sheet.open;
  const data = spanData(span, record, kind);
  const payload = usePayload(record.request_id, findKept(payloads, span.span_id, data.part));
  const value = payload.payload ? data.complete(payload.payload.value) : data.value;
  return (
    <>
      <div
        className={cn("flex flex-none items-center gap-1.5 pr-2 pl-3", closed ? "h-12" : "h-9 max-sm:h-12")}
      >
        <SpanTitle span={span} record={record} nowMs={nowMs} always={closed} />
        {closed ? null : <span className="flex-1" />}
        {closed ? null : (
          <Segmented<DataKind>
            label={t("data")}
            value={kind}
            segments={DATA_KINDS.map((id) => ({ value: id, label: t(id) }))}
            onChange={setKind}
          />
        )}
        {sheet ? (
          <IconButton
            icon={sheet.open ? ChevronDown : ChevronUp}
            label={sheet.open ? t("collapse") : t("expand")}
            size="sm"
            onClick={sheet.onToggle}
          />
        ) : null}
        {closed ? null : (
          <DetailTools
            value={value}
            observationUrl={
              record.trace.observation_base && `${record.trace.observation_base}${span.span_id}`
            }
            searching={searching}
            onSearch={() => setSearching(!searching)}
          />
        )}
      </div>
      {closed ? null : (
        <div className="mono min-h-0 flex-1 overflow-auto px-3 pt-1 pb-3 leading-[1.25rem]">
          <PayloadNote handle={payload} />
          {isNothing(value) ? (
            <p className="pl-4 font-sans text-fg2">{t(span.status === "running" ? "notYet" : "nothing")}</p>
          ) : (
            <JsonViewer key={`${span.span_id} ${kind}`} value={value} label={t(kind)} searching={searching} />
          )}
        </div>
      )}
    </>
  );
}

const TONE: Readonly<Record<SpanStatus, "ok" | "warn" | "err">> = {
  ok: "ok",
  running: "warn",
  error: "err",
  aborted: "warn",
};

/** `always`: the times are shown in a narrow panel too. */
function SpanTitle({
  span,
  record,
  nowMs,
  always,
}: Pick<SpanDetailProps, "span" | "record" | "nowMs"> & { always: boolean }) {
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
  value: Span["output"];
  /** The same span in Langfuse: our span ids are its observation ids. */
  observationUrl: string | null;
  searching: boolean;
  onSearch(): void;
}

/** In the heading; in a narrow panel, where it has no room for them, over the corner of the data. */
function DetailTools({ value, observationUrl, searching, onSearch }: DetailToolsProps) {
  const t = useTranslations("debug");
  return (
    <span className="flex flex-none @max-[480px]/debug:absolute @max-[480px]/debug:right-2 @max-[480px]/debug:bottom-2 @max-[480px]/debug:z-3 @max-[480px]/debug:rounded-row @max-[480px]/debug:border @max-[480px]/debug:border-line @max-[480px]/debug:bg-bg0">
      <IconButton icon={Search} label={t("json.search")} size="sm" pressed={searching} onClick={onSearch} />
      <CopyButton text={() => JSON.stringify(value, null, 2)} />
      {observationUrl === null ? null : <ObservationLink url={observationUrl} />}
    </span>
  );
}

function ObservationLink({ url }: { url: string }) {
  const t = useTranslations("debug.langfuse");
  return (
    <Tooltip label={t("span")} keys="O">
      <a
        href={url}
        target="_blank"
        rel="noopener noreferrer"
        aria-label={t("span")}
        data-span-link
        className="inline-grid size-6 place-items-center rounded-chip text-fg1 hover:bg-bg3 hover:text-fg0 max-sm:size-7"
      >
        <Icon of={ArrowUpRight} size={14} />
      </a>
    </Tooltip>
  );
}
