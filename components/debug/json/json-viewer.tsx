import { useTranslations } from "next-intl";
import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from "react";
import { type Json, type JsonRow, toJsonRows } from "@/lib/run-view/json-rows";
import { moveInTree } from "@/lib/run-view/tree-keys";
import { JsonLine, longTextOf } from "./json-line";
import { JsonSearchRow, NO_SEARCH } from "./json-search-row";

/** Entries of one list that are drawn before somebody asks for all of them. */
const FIRST_ENTRIES = 100;

interface JsonViewerProps {
  value: Json;
  label?: string;
  /** Shows a field that searches the value. */
  searching?: boolean;
}

/** A JSON value as lines that open and close, with the keys of a tree; C copies a value, P its path. */
export function JsonViewer({ value, label, searching = false }: JsonViewerProps) {
  const [search, setSearch] = useState(NO_SEARCH);
  const query = searching ? search.query : "";
  const view = useJsonTree(value, query);
  const hits = view.rows.filter(({ hit }) => hit);
  const current = hits[search.at % Math.max(hits.length, 1)];
  return (
    <>
      {searching ? <JsonSearchRow search={search} hits={hits.length} onSearch={setSearch} /> : null}
      <JsonTree {...view} query={query} currentPath={current?.path ?? null} label={label} />
    </>
  );
}

/** The lines of a value and what opens and closes them. */
function useJsonTree(value: Json, query: string) {
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [all, setAll] = useState(false);
  const rows = useMemo(
    () =>
      toJsonRows(value, {
        isExpanded: (path, depth) => toggled.get(path) ?? depth < 1,
        query,
        most: all ? Number.POSITIVE_INFINITY : FIRST_ENTRIES,
      }),
    [value, toggled, query, all],
  );
  const isLongTextOpen = (row: JsonRow) => toggled.get(row.path) ?? row.hit;
  const lines = rows.map((row) => ({
    id: row.path,
    level: row.depth + 1,
    expandable: row.size > 0 || longTextOf(row) !== null,
    expanded: longTextOf(row) === null ? row.expanded : isLongTextOpen(row),
  }));
  const onToggle = (path: string) => {
    const line = lines.find(({ id }) => id === path);
    if (line?.expandable) setToggled((before) => new Map(before).set(path, !line.expanded));
  };
  return { rows, lines, onToggle, onLoadAll: () => setAll(true) };
}

interface JsonTreeProps extends ReturnType<typeof useJsonTree> {
  query: string;
  /** The find that the reader is at. */
  currentPath: string | null;
  label: string | undefined;
}

function JsonTree({ rows, lines, onToggle, onLoadAll, query, currentPath, label }: JsonTreeProps) {
  const t = useTranslations("debug.json");
  const tree = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState("");
  useEffect(() => {
    if (currentPath !== null) lineOf(tree.current, currentPath)?.scrollIntoView({ block: "nearest" });
  }, [currentPath]);
  const onClick = ({ target }: MouseEvent<HTMLElement>) => {
    const line = target instanceof Element ? target.closest<HTMLElement>("[data-path]") : null;
    if (line?.dataset.path !== undefined) onToggle(line.dataset.path);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (pressCopy(event)) return event.preventDefault();
    const current = lines.some(({ id }) => id === active) ? active : (lines[0]?.id ?? "");
    const move = moveInTree(lines, current, event.key === "Enter" ? "ArrowRight" : event.key);
    if (!move) return;
    event.preventDefault();
    if (move.type === "toggle") return onToggle(move.id);
    setActive(move.id);
    lineOf(tree.current, move.id)?.focus();
  };
  if (rows.length === 0) return <p className="px-3 py-1 font-sans text-fg2 text-meta">{t("noMatch")}</p>;
  const tabStop = lines.some(({ id }) => id === active) ? active : lines[0]?.id;
  return (
    <div ref={tree} role="tree" aria-label={label ?? t("label")} onClick={onClick} onKeyDown={onKeyDown}>
      {rows.map((row, index) => (
        <JsonLine
          key={row.path}
          row={row}
          expanded={lines[index]?.expanded ?? false}
          tabStop={row.path === tabStop}
          query={query}
          current={row.path === currentPath}
          onFocus={setActive}
          onLoadAll={onLoadAll}
        />
      ))}
    </div>
  );
}

function lineOf(tree: HTMLElement | null, path: string): HTMLElement | null {
  return tree?.querySelector<HTMLElement>(`[data-path="${CSS.escape(path)}"]`) ?? null;
}

/** The copy buttons of a line belong to the mouse; on the keyboard two letters press them. */
function pressCopy({ key, target }: KeyboardEvent<HTMLElement>): boolean {
  if ((key !== "c" && key !== "p") || !(target instanceof HTMLElement)) return false;
  const button = target.querySelector<HTMLElement>(`[data-copy="${key}"] button`);
  button?.click();
  return button !== null;
}
