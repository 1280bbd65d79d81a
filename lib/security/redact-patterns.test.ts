import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { MASK } from "@/lib/domain/mask";
import { maskText } from "./mask";
import { parseRedactPatterns, readRedactPatterns } from "./redact-patterns";
import { setRedaction } from "./redaction-slot";

afterEach(() => setRedaction({ patterns: [], content: true }));

const use = (patterns: object[]) =>
  setRedaction({ patterns: parseRedactPatterns(JSON.stringify(patterns)), content: true });
const refusal = (json: string) => {
  try {
    parseRedactPatterns(json);
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  return "it was accepted";
};

describe("patterns of one's own", () => {
  it("mask what they describe, beside what is masked anyway", () => {
    use([{ name: "ticket", pattern: "\\bTCK-\\d{6}\\b" }]);
    expect(maskText("TCK-123456 by ada@example.org, not TCK-12").text).toBe(`${MASK} by ${MASK}, not TCK-12`);
  });

  it("find every place in any case, also in Chinese, and map offsets behind them", () => {
    use([{ name: "customer", pattern: "客户[0-9]+|acme", flags: "i" }]);
    const masked = maskText("客户42 and ACME and 客户7 END");
    expect(masked.text).toBe(`${MASK} and ${MASK} and ${MASK} END`);
    expect(masked.text.slice(masked.mapOffset("客户42 and ACME and 客户7 ".length))).toBe("END");
  });

  it("find each what it finds alone, however many there are", () => {
    const given = [
      { name: "a", pattern: "(?P<x>ab+)" },
      { name: "b", pattern: "(?P<x>B+)", flags: "i" },
      { name: "c", pattern: "^c", flags: "m" },
      { name: "d", pattern: "d.e", flags: "s" },
    ];
    const cuts = (patterns: object[], text: string) => {
      const found = parseRedactPatterns(JSON.stringify(patterns)).flatMap((pattern) => pattern.find(text));
      return found.map(({ start, end }) => `${start}-${end}`).sort();
    };
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "b", "B", "c", "d", "e", "\n", "客")), (letters) => {
        const text = letters.join("");
        for (const set of [given, given.slice(1)])
          expect(cuts(set, text)).toEqual(set.flatMap((one) => cuts([one], text)).sort());
      }),
    );
  });

  it("overlap with others and become one mask", () => {
    use([{ name: "person", pattern: "ada@example" }]);
    expect(maskText("write ada@example.org now").text).toBe(`write ${MASK} now`);
  });

  it.each([
    ["no JSON", "TCK-\\d+", /^expected JSON/],
    ["no name", '[{"pattern":"x"}]', /^0\.name: /],
    ["an unknown flag", '[{"name":"a","pattern":"x","flags":"g"}]', /^0\.flags: flags are i, m and s$/],
    ["a pattern that is broken", '[{"name":"a","pattern":"(x"}]', /^a: .*RE2/],
    ["looking around", '[{"name":"a","pattern":"(?<=x)y"}]', /^a: .*no looking around/],
    ["a back reference", '[{"name":"a","pattern":"(x)\\\\1"}]', /^a: .*no back references/],
    ["nothing at all", '[{"name":"a","pattern":"x*"}]', /^a: the pattern matches an empty text$/],
    ["too many", JSON.stringify(Array(51).fill({ name: "a", pattern: "x" })), /^the list: at most 50/],
  ])("with %s are refused in one line", (_, json, message) => {
    expect(refusal(json)).toMatch(message);
    expect(refusal(json)).not.toContain("\n");
  });

  it.each(["(a+)+$", "(a|a)*b", "(.*)*x", "a.*a.*a.*a.*b"])(
    "that would stop another engine take time with the text alone: %s",
    (pattern) => {
      use([{ name: "slow", pattern: `${pattern}c` }]);
      const start = performance.now();
      maskText("a".repeat(20_000));
      expect(performance.now() - start).toBeLessThan(5000);
    },
  );

  it("are read from a file as well", () => {
    const folder = mkdtempSync(join(tmpdir(), "sidetrace-patterns-"));
    const path = join(folder, "patterns.json");
    writeFileSync(path, '[{"name":"ticket","pattern":"TCK"}]');
    expect(readRedactPatterns(path)[0]?.find("a TCK")).toEqual([{ start: 2, end: 5 }]);
    rmSync(folder, { recursive: true });
    expect(() => readRedactPatterns(path)).toThrow("the file cannot be read");
    expect(readRedactPatterns(undefined)).toEqual([]);
  });
});
