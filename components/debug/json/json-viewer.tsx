import { useTranslations } from "next-intl";
import { type KeyboardEvent, type MouseEvent, useRef, useState } from "react";
import { type Json, type JsonRow, toJsonRows } from "@/lib/run-view/json-rows";
import { moveInTree } from "@/lib/run-view/tree-keys";
import { JsonLine, longTextOf } from "./json-line";

/** Entries of one list that are drawn before somebody asks for all of them. */
const FIRST_ENTRIES = 100;

interface JsonViewerProps {
  value: Json;
  label?: string;
  query?: string;
  className?: string;
}

/** A JSON value as lines that open and close, with the keys of a tree; C copies a value, P its path. */
export function JsonViewer({ value, label, query = "", className }: JsonViewerProps) {
  const t = useTranslations("debug.json");
  const tree = useRef<HTMLDivElement>(null);
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [active, setActive] = useState("");
  const [all, setAll] = useState(false);
  const rows = toJsonRows(value, {
    isExpanded: (path, depth) => toggled.get(path) ?? depth < 1,
    query,
    most: all ? Number.POSITIVE_INFINITY : FIRST_ENTRIES,
  });
  const lines = rows.map((row) => ({
    id: row.path,
    level: row.depth + 1,
    expandable: row.size > 0 || longTextOf(row) !== null,
    expanded: longTextOf(row) === null ? row.expanded : (toggled.get(row.path) ?? false),
  }));
  const toggle = (path: string) => {
    const line = lines.find(({ id }) => id === path);
    if (line?.expandable) setToggled((before) => new Map(before).set(path, !line.expanded));
  };
  const onClick = ({ target }: MouseEvent<HTMLElement>) => {
    const line = target instanceof Element ? target.closest<HTMLElement>("[data-path]") : null;
    if (line?.dataset.path !== undefined) toggle(line.dataset.path);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (pressCopy(event)) return event.preventDefault();
    const current = lines.some(({ id }) => id === active) ? active : (lines[0]?.id ?? "");
    const move = moveInTree(lines, current, event.key === "Enter" ? "ArrowRight" : event.key);
    if (!move) return;
    event.preventDefault();
    if (move.type === "toggle") return toggle(move.id);
    setActive(move.id);
    tree.current?.querySelector<HTMLElement>(`[data-path="${CSS.escape(move.id)}"]`)?.focus();
  };
  if (rows.length === 0) return <p className="px-3 py-1 text-fg2 text-meta">{t("noMatch")}</p>;
  const tabStop = lines.some(({ id }) => id === active) ? active : lines[0]?.id;
  return (
    <div
      ref={tree}
      role="tree"
      aria-label={label ?? t("label")}
      onClick={onClick}
      onKeyDown={onKeyDown}
      className={className}
    >
      {rows.map((row: JsonRow, index) => (
        <JsonLine
          key={row.path}
          row={row}
          expanded={lines[index]?.expanded ?? false}
          tabStop={row.path === tabStop}
          onFocus={setActive}
          onLoadAll={() => setAll(true)}
        />
      ))}
    </div>
  );
}

/** The copy buttons of a line belong to the mouse; on the keyboard two letters press them. */
function pressCopy({ key, target }: KeyboardEvent<HTMLElement>): boolean {
  if ((key !== "c" && key !== "p") || !(target instanceof HTMLElement)) return false;
  const button = target.querySelector<HTMLElement>(`[data-copy="${key}"] button`);
  button?.click();
  return button !== null;
}
