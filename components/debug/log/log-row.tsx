import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import type { LogLevel } from "@/lib/domain/run-record";
import { formatLogOffset } from "@/lib/run-view/format";
import { CopyButton } from "../copy-button";
import { JsonViewer } from "../json/json-viewer";
import { kindColor } from "../span-kind";
import { type LogLine, linePath } from "./build-log-view";

interface LogRowProps {
  line: LogLine;
  open: boolean;
  /** Shows the line as JSON instead of as a message. */
  raw: boolean;
  onToggle(): void;
}

const LEVEL: Readonly<Record<LogLevel, string>> = {
  debug: "bg-bg2 text-fg2",
  info: "bg-accent-bg text-accent",
  warn: "bg-warn-bg text-warn shadow-[inset_0_0_0_1px_var(--warn-line)]",
  error: "bg-err-bg text-err shadow-[inset_0_0_0_1px_var(--err-line)]",
};

const MESSAGE: Readonly<Record<LogLevel, string>> = {
  debug: "text-fg2",
  info: "text-fg0",
  warn: "text-warn",
  error: "font-medium text-err",
};

/** One line of the log; opened, all that was logged. */
export function LogRow({ line, open, raw, onToggle }: LogRowProps) {
  const { entry, node, within } = line;
  const { level } = entry;
  return (
    <>
      <button
        type="button"
        aria-expanded={open}
        data-log={line.id}
        onClick={onToggle}
        className={cn(
          "grid h-6 w-full grid-cols-[60px_16px_116px_minmax(0,1fr)] items-center gap-x-2 border-[color-mix(in_srgb,var(--line)_60%,transparent)] border-b px-3 text-left focus-visible:-outline-offset-2 max-sm:h-9",
          "@max-[480px]/debug:grid-cols-[52px_16px_84px_minmax(0,1fr)] @max-[480px]/debug:gap-x-1.5",
          level === "error" ? "bg-err-bg" : "hover:bg-bg1",
          open &&
            (level === "error"
              ? "shadow-[inset_2px_0_0_var(--err)]"
              : "shadow-[inset_2px_0_0_var(--accent)]"),
        )}
      >
        <span className="text-right text-fg2 tabular-nums">{formatLogOffset(entry.offset_ms)}</span>
        <span
          role="img"
          aria-label={level}
          title={level}
          className={cn(
            "grid size-4 place-items-center rounded-tag font-sans font-semibold text-[0.625rem]",
            LEVEL[level],
          )}
        >
          {level[0]?.toUpperCase()}
        </span>
        <span className="flex min-w-0 items-center gap-1.5 text-fg1" title={linePath(line)}>
          <i
            aria-hidden
            className="h-3 w-[3px] flex-none rounded-[1px] forced-color-adjust-none"
            style={{ background: kindColor(entry.node_type) }}
          />
          <span className="truncate">{node}</span>
        </span>
        <span className="flex min-w-0 items-center gap-2">
          <span className={cn("min-w-0 flex-1 truncate", MESSAGE[level])}>
            {raw ? JSON.stringify(entry) : entry.message}
          </span>
          {within ? (
            <span className="flex-none text-fg2" title={within.node}>
              {shortNode(within.node)}
            </span>
          ) : null}
        </span>
      </button>
      {open ? <OpenRow line={line} /> : null}
    </>
  );
}

/** "hybrid_agent" as "hybrid", as the ranking's columns have it. */
function shortNode(node: string): string {
  return node.replace(/_.*/, "");
}

function OpenRow({ line: { entry } }: { line: LogLine }) {
  const t = useTranslations("debug.log");
  return (
    <div className="relative border-line border-b bg-bg1 py-1.5 pr-3 pl-[76px] leading-[1.25rem] @max-[480px]/debug:pl-12">
      <JsonViewer value={entry} label={t("rows")} />
      <CopyButton
        text={() => JSON.stringify(entry, null, 2)}
        label={t("copyRow")}
        className="absolute top-1 right-2 bg-bg1"
      />
    </div>
  );
}
