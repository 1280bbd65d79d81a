import { ChevronDown, ListFilter, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Icon } from "@/components/ui/icon";
import { Menu, MenuCheck, MenuContent, MenuTrigger } from "@/components/ui/menu";
import { Tooltip } from "@/components/ui/tooltip";
import { FilterField } from "../filter-field";
import { kindColor, LEGEND_KINDS } from "../span-kind";
import { type SpanFilter, toggleKind } from "./span-filter";

interface TimelineToolbarProps {
  filter: SpanFilter;
  errorCount: number;
  onFilter(filter: SpanFilter): void;
}

export function TimelineToolbar({ filter, errorCount, onFilter }: TimelineToolbarProps) {
  const t = useTranslations("debug.timeline");
  return (
    <div className="flex min-h-9 flex-none items-center gap-1.5 border-line border-b px-3 py-1.5">
      <FilterField
        primary
        icon={ListFilter}
        label={t("filter")}
        value={filter.text}
        onChange={(text) => onFilter({ ...filter, text })}
        className="w-38 flex-initial shrink"
      />
      {errorCount > 0 || filter.errorsOnly ? (
        <Tooltip label={t("errorsOnly")}>
          <button
            type="button"
            aria-pressed={filter.errorsOnly}
            onClick={() => onFilter({ ...filter, errorsOnly: !filter.errorsOnly })}
            className={cn(
              "inline-flex h-6 flex-none items-center gap-0.5 rounded-chip px-1 text-err text-label tabular-nums max-sm:h-8 max-sm:px-2",
              filter.errorsOnly ? "bg-err-bg" : "hover:bg-bg2",
            )}
          >
            <Icon of={TriangleAlert} size={12} />
            <span className="sr-only">{t("errorsOnly")}</span>
            {errorCount}
          </button>
        </Tooltip>
      ) : null}
      <span className="flex-1" />
      <KindLegend filter={filter} onFilter={onFilter} />
      <KindMenu filter={filter} onFilter={onFilter} />
    </div>
  );
}

/** The same in a narrow panel, which has no room for the legend. */
function KindMenu({ filter, onFilter }: Omit<TimelineToolbarProps, "errorCount">) {
  const t = useTranslations("debug.timeline");
  return (
    <span className="hidden @max-[480px]/debug:block">
      <Menu>
        <MenuTrigger asChild>
          <Button size="sm">
            {t("kinds")}
            {filter.hiddenKinds.size > 0 ? (
              <span className="text-accent tabular-nums">
                {LEGEND_KINDS.length - filter.hiddenKinds.size}/{LEGEND_KINDS.length}
              </span>
            ) : null}
            <Icon of={ChevronDown} size={12} />
          </Button>
        </MenuTrigger>
        <MenuContent align="end">
          {LEGEND_KINDS.map((kind) => (
            <MenuCheck
              key={kind}
              checked={!filter.hiddenKinds.has(kind)}
              onCheckedChange={() => onFilter(toggleKind(filter, kind))}
            >
              <i className="size-2 rounded-bar" style={{ background: kindColor(kind) }} />
              {kind}
            </MenuCheck>
          ))}
        </MenuContent>
      </Menu>
    </span>
  );
}

/** Says which colour is which kind, and hides a kind when it is pressed. */
function KindLegend({ filter, onFilter }: Omit<TimelineToolbarProps, "errorCount">) {
  const t = useTranslations("debug.timeline");
  return (
    <fieldset
      aria-label={t("kinds")}
      className="m-0 flex flex-none gap-2 overflow-hidden border-0 p-0 text-fg1 text-label @max-[480px]/debug:hidden"
    >
      {LEGEND_KINDS.map((kind) => {
        const shown = !filter.hiddenKinds.has(kind);
        return (
          <button
            key={kind}
            type="button"
            aria-pressed={shown}
            onClick={() => onFilter(toggleKind(filter, kind))}
            className={cn(
              "inline-flex items-center gap-1 whitespace-nowrap hover:text-fg0",
              shown || "text-fg2 line-through",
            )}
          >
            <i
              className={cn("size-2 rounded-bar", shown || "opacity-30")}
              style={{ background: kindColor(kind) }}
            />
            {kind}
          </button>
        );
      })}
    </fieldset>
  );
}
