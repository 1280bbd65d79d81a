import { Link2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";
import { useCopy } from "@/components/ui/use-copy";
import { type JsonRow, type JsonToken, previewJson } from "@/lib/run-view/json-rows";
import { CopyButton } from "../copy-button";
import { MarkedMatch } from "./marked-match";

/** Longer than a line: it opens and wraps. */
const LINE_CHARACTERS = 64;
/** Longer than anybody reads at once. */
const FIRST_CHARACTERS = 8_000;
const INDENT_PX = 16;

const TONE: Readonly<Record<JsonToken["kind"], string>> = {
  key: "text-fg0",
  mark: "text-fg2",
  object: "text-fg2",
  array: "text-fg2",
  string: "text-ok",
  number: "text-accent",
  boolean: "text-k-route",
  null: "text-k-route",
};

interface JsonLineProps {
  row: JsonRow;
  expanded: boolean;
  /** The one line of the tree that Tab goes to. */
  tabStop: boolean;
  /** What is searched for; empty without a search. */
  query: string;
  /** The find that the reader is at. */
  current: boolean;
  onFocus(path: string): void;
  onLoadAll(): void;
}

/** The text of a row that one line cannot show, null where one can. */
export function longTextOf({ value }: JsonRow): string | null {
  const long = typeof value === "string" && (value.length > LINE_CHARACTERS || value.includes("\n"));
  return long ? value : null;
}

export function JsonLine({ row, expanded, tabStop, query, current, onFocus, onLoadAll }: JsonLineProps) {
  const longText = longTextOf(row);
  const expandable = row.size > 0 || longText !== null;
  const indent = { paddingLeft: row.depth * INDENT_PX + INDENT_PX };
  if (row.kind === "rest") return <RestLine count={row.size} indent={indent} onLoadAll={onLoadAll} />;
  return (
    <div
      role="treeitem"
      aria-level={row.depth + 1}
      aria-expanded={expandable ? expanded : undefined}
      aria-selected={tabStop}
      tabIndex={tabStop ? 0 : -1}
      data-path={row.path}
      onFocus={() => onFocus(row.path)}
      className={cn(
        "group relative rounded-chip hover:bg-bg2 focus-visible:-outline-offset-1",
        current && "bg-accent-bg shadow-[inset_2px_0_0_var(--accent)]",
      )}
      style={indent}
    >
      {expandable ? <Twisty open={expanded} left={row.depth * INDENT_PX + 4} /> : null}
      <div className="truncate">
        <Key name={row.key} query={query} />
        {longText !== null && expanded ? null : <Preview row={row} expanded={expanded} query={query} />}
      </div>
      {longText !== null && expanded ? <LongText text={longText} query={query} /> : null}
      <LineActions row={row} />
    </div>
  );
}

function Twisty({ open, left }: { open: boolean; left: number }) {
  return (
    <span
      aria-hidden
      className={cn(
        "absolute top-[7px] border-[3.5px] border-transparent border-r-0 border-l-[5px] border-l-fg2",
        open && "rotate-90",
      )}
      style={{ left }}
    />
  );
}

function Key({ name, query }: { name: string | null; query: string }) {
  return name === null ? null : (
    <>
      <span className={TONE.key}>
        <MarkedMatch text={name} query={query} />
      </span>
      <span className={TONE.mark}>: </span>
    </>
  );
}

/** An open object shows its entries below; a list keeps saying how long it is. */
function Preview({ row, expanded, query }: Pick<JsonLineProps, "row" | "expanded" | "query">): ReactNode {
  if (row.kind === "object" && expanded) return null;
  const shown = typeof row.value === "string" ? row.value.slice(0, 300) : row.value;
  return previewJson(shown).map((token, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the tokens of one value never change places
    <span key={index} className={TONE[token.kind]}>
      <MarkedMatch text={token.text} query={row.hit ? query : ""} />
    </span>
  ));
}

function LongText({ text, query }: { text: string; query: string }) {
  const t = useTranslations("debug.json");
  const [all, setAll] = useState(false);
  const cut = !all && query === "" && text.length > FIRST_CHARACTERS;
  return (
    <div className={cn("whitespace-pre-wrap break-words pb-1", TONE.string)}>
      <MarkedMatch text={cut ? text.slice(0, FIRST_CHARACTERS) : text} query={query} />
      {cut ? <LoadAll label={t("loadAll")} onClick={() => setAll(true)} /> : null}
    </div>
  );
}

interface RestLineProps {
  count: number;
  indent: { paddingLeft: number };
  onLoadAll(): void;
}

function RestLine({ count, indent, onLoadAll }: RestLineProps) {
  const t = useTranslations("debug.json");
  return (
    <div role="none" className="text-fg2" style={indent}>
      {t("rest", { n: count })} <LoadAll label={t("loadAll")} onClick={onLoadAll} />
    </div>
  );
}

function LoadAll({ label, onClick }: { label: string; onClick(): void }) {
  return (
    <button
      type="button"
      className="ml-1 font-medium text-accent hover:underline"
      onClick={(event) => {
        event.stopPropagation();
        onClick();
      }}
    >
      {label}
    </button>
  );
}

function LineActions({ row }: { row: JsonRow }) {
  const t = useTranslations("debug.json");
  const { copy } = useCopy();
  const text = () => (typeof row.value === "string" ? row.value : JSON.stringify(row.value, null, 2));
  return (
    <span className="absolute top-0 right-0 flex bg-bg2 opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100 pointer-coarse:group-aria-selected:opacity-100">
      {row.path === "" ? null : (
        <span data-copy="p">
          <IconButton
            icon={Link2}
            label={t("copyPath")}
            keys="P"
            size="xs"
            tabIndex={-1}
            onClick={(event) => {
              event.stopPropagation();
              copy(row.path);
            }}
          />
        </span>
      )}
      <span data-copy="c">
        <CopyButton text={text} label={t("copyValue")} size="xs" tabIndex={-1} />
      </span>
    </span>
  );
}
