import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Json, previewJson, toJsonRows } from "./json-rows";

const all = { isExpanded: () => true, query: "", most: 1000 };
const value: Json = {
  count: 6,
  passages: [
    { id: "a#1", title: "Rotate" },
    { id: "b#2", title: "Key's" },
  ],
  "a-b": null,
};

/** Follows a path as a reader would paste it behind a variable. */
function follow(root: unknown, path: string): unknown {
  const keys = [...path.matchAll(/\[("(?:[^"\\]|\\.)*"|\d+)\]|([A-Za-z_$][\w$]*)/g)];
  return keys.reduce<unknown>((at, [, bracket, name]) => {
    const key = name ?? String(JSON.parse(bracket ?? ""));
    return at !== null && typeof at === "object" ? Reflect.get(at, key) : undefined;
  }, root);
}

describe("toJsonRows", () => {
  it("has a line for every entry, and each path leads to its value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        const root = json as Json;
        for (const row of toJsonRows(root, all)) {
          if (row.key !== null) expect(follow(root, row.path)).toBe(row.value);
        }
      }),
    );
  });

  it("opens only what is to be open", () => {
    const rows = toJsonRows(value, { ...all, isExpanded: (path) => path === "passages" });
    expect(rows.map(({ path, depth }) => [path, depth])).toEqual([
      ["count", 0],
      ["passages", 0],
      ["passages[0]", 1],
      ["passages[1]", 1],
      ['["a-b"]', 0],
    ]);
  });

  it("keeps what a search finds and the way to it, opened", () => {
    const rows = toJsonRows(value, { isExpanded: () => false, query: "ROTATE", most: 1000 });
    expect(rows.map(({ path }) => path)).toEqual(["passages", "passages[0]", "passages[0].title"]);
    expect(rows.map(({ hit }) => hit)).toEqual([false, false, true]);
    expect(toJsonRows(value, { ...all, query: "no such thing" })).toEqual([]);
  });

  it("leaves closed what a search finds by its name alone", () => {
    const [row, ...below] = toJsonRows(value, { ...all, query: "passages" });
    expect([row?.path, row?.expanded, below]).toEqual(["passages", false, []]);
  });

  it("says how many entries of a long list are left out", () => {
    const rows = toJsonRows([1, 2, 3, 4, 5], { ...all, most: 3 });
    expect(rows.map(({ kind, size }) => [kind, size])).toEqual([
      ["number", 0],
      ["number", 0],
      ["number", 0],
      ["rest", 2],
    ]);
  });

  it("shows a value that is no object as one line", () => {
    expect(toJsonRows("text", all)).toMatchObject([{ key: null, kind: "string" }]);
    expect(toJsonRows({}, all)).toEqual([]);
  });
});

describe("previewJson", () => {
  const preview = (json: Json) =>
    previewJson(json)
      .map(({ text }) => text)
      .join("");

  it("shows the first entries and that there are more", () => {
    expect(preview({ a: 1, b: "x", c: [1], d: null, e: 2 })).toBe('{a: 1, b: "x", c: …, d: null, …}');
    expect([preview([1, 2]), preview("q"), preview({})]).toEqual(["Array(2)", '"q"', "{}"]);
  });
});
