import { Search, X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { KeyboardEvent } from "react";
import { useKnowledgeBases } from "@/components/chat/data/use-knowledge-bases";
import { useMe } from "@/components/chat/data/use-me";
import { IconButton } from "@/components/ui/icon-button";
import { RETRIEVER_AGENTS } from "@/lib/domain/agent-names";
import { feedbackValueSchema } from "@/lib/domain/feedback";
import { GENERAL_KB } from "@/lib/domain/general-kb";
import { runSortSchema } from "@/lib/domain/run-list";
import { runStatusSchema } from "@/lib/domain/run-record";
import { formatDuration } from "@/lib/run-view/format";
import { FilterField } from "../filter-field";
import { toStatusView } from "../run-status";
import { FilterMenu } from "./filter-menu";
import { isFiltered, lookIn, NO_FILTER, type RequestFilter, SLOWER_THAN_MS } from "./request-filter";

interface RequestsToolbarProps {
  filter: RequestFilter;
  /** Models that the list has shown so far. */
  models: readonly string[];
  onFilter(filter: RequestFilter): void;
  /** Leaves the search field for the rows. */
  onLeave(): void;
}

/** The search over a row of filters, one menu each. */
export function RequestsToolbar({ filter, models, onFilter, onLeave }: RequestsToolbarProps) {
  const t = useTranslations("debug.requests");
  const set = (change: Partial<RequestFilter>) => onFilter({ ...filter, ...change });
  const toRows = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown" && event.key !== "Enter") return;
    event.preventDefault();
    onLeave();
  };
  return (
    <div className="flex flex-none flex-col gap-1.5 border-line border-b px-3 py-1.5">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: hears the keys of the field inside */}
      <div onKeyDown={toRows}>
        <FilterField
          primary
          icon={Search}
          label={t("search")}
          value={filter.q}
          onChange={(q) => set({ q })}
        />
      </div>
      <div className="flex flex-wrap items-center gap-1">
        <ChoiceMenus filter={filter} models={models} set={set} />
        <span className="ml-auto flex items-center gap-1">
          {isFiltered(filter) ? (
            <IconButton
              icon={X}
              label={t("clear")}
              size="sm"
              onClick={() => onFilter({ ...NO_FILTER, sort: filter.sort, source: filter.source })}
            />
          ) : null}
          <SourceMenu filter={filter} onFilter={onFilter} />
          {filter.source === null ? <SortMenu filter={filter} set={set} /> : null}
        </span>
      </div>
    </div>
  );
}

interface MenuProps {
  filter: RequestFilter;
  set(change: Partial<RequestFilter>): void;
}

function ChoiceMenus({ filter, models, set }: MenuProps & { models: readonly string[] }) {
  const t = useTranslations("debug");
  const { options: statuses } = runStatusSchema;
  return (
    <>
      <FilterMenu
        label={t("requests.status")}
        any={t("requests.any")}
        value={filter.status}
        options={statuses.map((value) => ({ value, title: t(`status.${toStatusView(value, false).label}`) }))}
        onChange={(status) => set({ status })}
      />
      <KbMenu filter={filter} set={set} />
      <FilterMenu
        label={t("requests.agent")}
        any={t("requests.any")}
        value={filter.agent_type}
        options={RETRIEVER_AGENTS.map((value) => ({ value, title: value }))}
        onChange={(agent_type) => set({ agent_type })}
      />
      <FilterMenu
        label={t("requests.model")}
        any={t("requests.any")}
        value={filter.model}
        options={models.map((value) => ({ value, title: value }))}
        onChange={(model) => set({ model })}
      />
      <FilterMenu
        label={t("requests.slower")}
        any={t("requests.any")}
        value={filter.min_ms}
        options={SLOWER_THAN_MS.map((value) => ({ value, title: `≥ ${formatDuration(value)}` }))}
        onChange={(min_ms) => set({ min_ms })}
      />
      {filter.source === null ? (
        <FilterMenu
          label={t("requests.feedback")}
          any={t("requests.any")}
          value={filter.feedback}
          options={feedbackValueSchema.options.map((value) => ({ value, title: t(`requests.${value}`) }))}
          onChange={(feedback) => set({ feedback })}
        />
      ) : null}
    </>
  );
}

function KbMenu({ filter, set }: MenuProps) {
  const t = useTranslations("debug.requests");
  const general = useTranslations("chat.kb")("general");
  const options = (useKnowledgeBases() ?? []).map(({ prefix, title }) => ({ value: prefix, title }));
  return (
    <FilterMenu
      label={t("kb")}
      any={t("any")}
      value={filter.kb_prefix}
      options={[...options, { value: GENERAL_KB, title: general }]}
      onChange={(kb_prefix) => set({ kb_prefix })}
    />
  );
}

/** Only where there is a second place. */
function SourceMenu({ filter, onFilter }: Pick<RequestsToolbarProps, "filter" | "onFilter">) {
  const t = useTranslations("debug.archive");
  if (useMe()?.recording.langfuse !== true) return null;
  return (
    <FilterMenu
      label={t("source")}
      any={t("here")}
      value={filter.source}
      options={[{ value: "langfuse" as const, title: t("langfuse") }]}
      onChange={(source) => onFilter(lookIn(source, filter))}
    />
  );
}

/** The newest first is what choosing nothing means. */
function SortMenu({ filter, set }: MenuProps) {
  const t = useTranslations("debug.requests");
  const options = runSortSchema.options
    .filter((value) => value !== "time")
    .map((value) => ({ value, title: t(`sort.${value}`) }));
  return (
    <FilterMenu
      label={t("sort.label")}
      any={t("sort.time")}
      value={filter.sort === "time" ? null : filter.sort}
      options={options}
      onChange={(sort) => set({ sort: sort ?? "time" })}
    />
  );
}
