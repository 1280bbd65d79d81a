import type { Span } from "@/lib/domain/run-record";

export type Json = Span["output"];
export type JsonKind = "object" | "array" | "string" | "number" | "boolean" | "null";

/** One line of a JSON viewer: an entry, or the rest of a list that is too long to be shown at once. */
export interface JsonRow {
  /** Where the value lies: `results[0].title`; empty for a whole that is no object. */
  path: string;
  /** Name or index in what holds it; null for the whole. */
  key: string | null;
  depth: number;
  value: Json;
  kind: JsonKind | "rest";
  /** Entries of an object or array, or left out by a rest. */
  size: number;
  expanded: boolean;
  /** The line itself holds what is searched for, not only one below it. */
  hit: boolean;
}

interface RowOptions {
  isExpanded(path: string, depth: number): boolean;
  /** Keeps the lines that hold this text, and those that lead to them, opened. */
  query: string;
  /** Entries shown of one object or array. */
  most: number;
}

/** The lines of a value. An object's own line is left out at the top: its entries say enough. */
export function toJsonRows(value: Json, options: RowOptions): JsonRow[] {
  const query = options.query.trim().toLowerCase();
  if (isBranch(value)) return entryRows(value, "", 0, { ...options, query });
  return leafText(value).includes(query) ? [toRow(value, "", null, 0, query)] : [];
}

function entryRows(parent: JsonBranch, parentPath: string, depth: number, options: RowOptions): JsonRow[] {
  const { query, most } = options;
  const kept = entriesOf(parent).filter(([key, value]) => query === "" || matches(key, value, query));
  const rows = kept.slice(0, most).flatMap(([key, value]) => {
    const path = Array.isArray(parent) ? `${parentPath}[${key}]` : joinPath(parentPath, key);
    const row = toRow(value, path, key, depth, query);
    if (!isBranch(value)) return [row];
    const open = query !== "" || options.isExpanded(path, depth);
    const below = open ? entryRows(value, path, depth + 1, options) : [];
    return [{ ...row, expanded: query === "" ? open : below.length > 0 }, ...below];
  });
  const left = kept.length - most;
  return left > 0 ? [...rows, toRest(`${parentPath}…`, depth, left)] : rows;
}

function toRow(value: Json, path: string, key: string | null, depth: number, query: string): JsonRow {
  const size = isBranch(value) ? entriesOf(value).length : 0;
  const hit = query !== "" && holds(key, value, query);
  return { path, key, depth, value, kind: kindOf(value), size, expanded: false, hit };
}

function toRest(path: string, depth: number, size: number): JsonRow {
  return { path, key: null, depth, value: null, kind: "rest", size, expanded: false, hit: false };
}

type JsonBranch = Extract<Json, object>;

function isBranch(value: Json): value is JsonBranch {
  return typeof value === "object" && value !== null;
}

function entriesOf(value: JsonBranch): [string, Json][] {
  return Object.entries(value);
}

function kindOf(value: Json): JsonKind {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  const kind = typeof value;
  return kind === "string" || kind === "number" || kind === "boolean" ? kind : "object";
}

function matches(key: string, value: Json, query: string): boolean {
  if (holds(key, value, query)) return true;
  return isBranch(value) && entriesOf(value).some(([name, entry]) => matches(name, entry, query));
}

function holds(key: string | null, value: Json, query: string): boolean {
  return key?.toLowerCase().includes(query) === true || (!isBranch(value) && leafText(value).includes(query));
}

function leafText(value: Json): string {
  return String(value).toLowerCase();
}

function joinPath(parent: string, key: string): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `${parent}[${JSON.stringify(key)}]`;
  return parent === "" ? key : `${parent}.${key}`;
}

/** A piece of a preview; what is neither a key nor a value is punctuation. */
export interface JsonToken {
  text: string;
  kind: JsonKind | "key" | "mark";
}

const PREVIEW_ENTRIES = 4;

/** A value on one line: the first entries of an object, the length of a list. */
export function previewJson(value: Json): JsonToken[] {
  if (!isBranch(value)) return [{ text: JSON.stringify(value), kind: kindOf(value) }];
  if (Array.isArray(value)) return [{ text: `Array(${value.length})`, kind: "mark" }];
  const entries = entriesOf(value);
  const shown = entries
    .slice(0, PREVIEW_ENTRIES)
    .flatMap(([key, entry], index): JsonToken[] => [
      { text: index === 0 ? "{" : ", ", kind: "mark" },
      { text: key, kind: "key" },
      { text: ": ", kind: "mark" },
      ...(isBranch(entry) ? [{ text: "…", kind: "mark" as const }] : previewJson(entry)),
    ]);
  if (entries.length === 0) return [{ text: "{}", kind: "mark" }];
  return [...shown, { text: entries.length > PREVIEW_ENTRIES ? ", …}" : "}", kind: "mark" }];
}
