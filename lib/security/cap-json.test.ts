import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { capJson, capText, jsonSize } from "./cap-json";

const json = fc
  .jsonValue({ maxDepth: 4 })
  .map((value): Parameters<typeof capJson>[0] => JSON.parse(JSON.stringify(value)));

describe("capping JSON", () => {
  it("leaves what fits as it is", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(capJson(value, jsonSize(value) + 8)).toEqual(value);
      }),
    );
  });

  it("makes valid JSON of about the asked length of whatever does not fit", () => {
    fc.assert(
      fc.property(json, fc.nat({ max: 200 }), (value, most) => {
        expect(jsonSize(capJson(value, most))).toBeLessThanOrEqual(most + 8);
      }),
      { examples: [[[{ "": { "": { "": "" } }, " ": ["", 0, false, 0] }], 42]] },
    );
  });

  it("keeps the order, the beginning of lists and the small fields of objects", () => {
    const value = { first: "a", list: [1, 2, { text: "x".repeat(500) }, 4], last: "b" };
    const capped = capJson(value, 100);
    expect(Object.keys(capped ?? {})).toEqual(["first", "list", "last"]);
    expect(capped).toMatchObject({
      last: "b",
      list: [1, 2, { text: expect.stringMatching(/^x+…$/) }],
    });
  });

  it("cuts a text behind a word, and never inside of a character", () => {
    expect(capText("one two three", 9)).toBe("one two…");
    expect(capText("🙂🙂🙂", 3)).toBe("🙂…");
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat({ max: 30 }), (text, most) => {
        const capped = capText(text, most);
        expect(capped.isWellFormed()).toBe(true);
        expect(capped.length).toBeLessThanOrEqual(Math.max(text.length, most + 1));
      }),
    );
  });
});
