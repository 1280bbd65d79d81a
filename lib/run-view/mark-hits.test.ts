import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { excerptAround, markHits } from "./mark-hits";

const hits = (text: string, needle: string) =>
  markHits(text, needle).flatMap((part) => (part.marked ? [part.text] : []));

describe("markHits", () => {
  it("gives back the text it was given, whatever is looked for", () => {
    const any = fc.string({ unit: "grapheme" });
    fc.assert(
      fc.property(any, any, any, (before, needle, after) => {
        const text = before + needle + after;
        const parts = markHits(text, needle);
        expect(parts.map((part) => part.text).join("")).toBe(text);
        expect(parts.some(({ marked }) => marked)).toBe(needle !== "");
      }),
    );
  });

  it("finds the needle in any case, every time, and takes its characters as they are", () => {
    expect(hits("API, api and A.I", "api")).toEqual(["API", "api"]);
    expect(hits("a+b (a+b) ab", "a+b")).toEqual(["a+b", "a+b"]);
    expect(hits("年假有多少天？年假", "年假")).toEqual(["年假", "年假"]);
  });
});

describe("excerptAround", () => {
  it("holds the hit, on one line and within the length, whatever is around it", () => {
    const any = fc.string({ unit: "grapheme", maxLength: 200 });
    fc.assert(
      fc.property(any, any, (before, after) => {
        const excerpt = excerptAround(`${before}needle${after}`, "NEEDLE", 80);
        expect(excerpt).toContain("needle");
        expect(excerpt).not.toMatch(/\n/);
        expect(excerpt?.length).toBeLessThanOrEqual(82);
      }),
    );
  });

  it("says where the text goes on", () => {
    const text = `${"a".repeat(100)} needle ${"b".repeat(100)}`;
    expect(excerptAround(text, "needle", 60)).toMatch(/^…a+ needle b+…$/);
    expect(excerptAround("a needle", "needle", 60)).toBe("a needle");
    expect(excerptAround("hay", "needle", 60)).toBeNull();
  });
});
