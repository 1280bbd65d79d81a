import { Braces, ChevronDown, Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuChoice, MenuContent, MenuRadioGroup, MenuTrigger } from "@/components/ui/menu";
import { Segmented } from "@/components/ui/segmented";
import { FilterField } from "../filter-field";
import {
  countLevels,
  LEVEL_FILTERS,
  type LevelFilter,
  type LogFilter,
  type LogLine,
  logNodes,
} from "./build-log-view";

interface LogToolbarProps {
  lines: readonly LogLine[];
  filter: LogFilter;
  raw: boolean;
  onFilter(filter: LogFilter): void;
  onRaw(raw: boolean): void;
}

export function LogToolbar({ lines, filter, raw, onFilter, onRaw }: LogToolbarProps) {
  const t = useTranslations("debug.log");
  const counts = countLevels(lines);
  const labelOf = (level: LevelFilter) =>
    level === "all" ? t("all") : `${level[0]?.toUpperCase()}${level.slice(1)}`;
  return (
    <div className="flex min-h-9 flex-none items-center gap-1.5 border-line border-b px-3 py-1.5 @max-[480px]/debug:flex-wrap">
      <FilterField
        primary
        icon={Search}
        label={t("search")}
        value={filter.text}
        onChange={(text) => onFilter({ ...filter, text })}
        className="min-w-7! flex-1"
      />
      <Segmented
        label={t("levels")}
        value={filter.level}
        segments={LEVEL_FILTERS.map((level) => ({
          value: level,
          label: <LevelLabel name={labelOf(level)} count={counts[level]} />,
        }))}
        onChange={(level) => onFilter({ ...filter, level })}
        className="flex-none @max-[480px]/debug:order-1 @max-[480px]/debug:basis-full @max-[480px]/debug:*:flex-1 @max-[480px]/debug:*:justify-center"
      />
      <NodeMenu lines={lines} filter={filter} onFilter={onFilter} />
      <IconButton icon={Braces} label={t("raw")} size="sm" pressed={raw} onClick={() => onRaw(!raw)} />
    </div>
  );
}

function LevelLabel({ name, count }: { name: string; count: number }) {
  return (
    <>
      {name} <span className="tabular-nums">{count}</span>
    </>
  );
}

const ALL = "";

function NodeMenu({ lines, filter, onFilter }: Pick<LogToolbarProps, "lines" | "filter" | "onFilter">) {
  const t = useTranslations("debug.log");
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button
          size="sm"
          aria-label={`${t("nodes")}: ${filter.node ?? t("allNodes")}`}
          className="max-w-30 flex-none max-sm:h-8"
        >
          <span className="truncate">{filter.node ?? t("allNodes")}</span>
          <Icon of={ChevronDown} size={12} />
        </Button>
      </MenuTrigger>
      <MenuContent align="end">
        <MenuRadioGroup
          value={filter.node ?? ALL}
          onValueChange={(node) => onFilter({ ...filter, node: node === ALL ? null : node })}
        >
          <MenuChoice value={ALL} title={t("allNodes")} />
          {logNodes(lines).map(({ node, kind }) => (
            <MenuChoice key={node} value={node} title={node} detail={kind} />
          ))}
        </MenuRadioGroup>
      </MenuContent>
    </Menu>
  );
}
