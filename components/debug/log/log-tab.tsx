import { ScrollText } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { Notice } from "../panel-notice";
import type { TabViewProps } from "../tab-view";
import { filterLog, NO_LOG_FILTER, toLogLines } from "./build-log-view";
import { LogList } from "./log-list";
import { LogToolbar } from "./log-toolbar";

const ROW_PX = 24;
const SHEET_ROW_PX = 36;

/** What the run's nodes wrote while they worked. */
export function LogTab({ record, mode }: TabViewProps) {
  const t = useTranslations("debug.log");
  const [filter, setFilter] = useState(NO_LOG_FILTER);
  const [raw, setRaw] = useState(false);
  const lines = useMemo(() => toLogLines(record), [record]);
  const shown = useMemo(() => filterLog(lines, filter), [lines, filter]);
  return (
    <>
      <LogToolbar lines={lines} filter={filter} raw={raw} onFilter={setFilter} onRaw={setRaw} />
      {shown.length === 0 ? (
        <Notice icon={ScrollText} title={lines.length === 0 ? t("none") : t("noMatch")} />
      ) : (
        <LogList
          // Another choice of lines is another list: none of them is new.
          key={JSON.stringify([record.request_id, filter])}
          lines={shown}
          raw={raw}
          live={record.status === "running"}
          rowPx={mode === "sheet" ? SHEET_ROW_PX : ROW_PX}
        />
      )}
    </>
  );
}
