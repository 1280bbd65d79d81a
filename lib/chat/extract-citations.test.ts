import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extractCitations } from "./extract-citations";

describe("extracting citations", () => {
  it("finds each mark with the sentence that it closes", () => {
    const answer = "Keys rotate in place [1]. The old one works for a day. [2][1]\n\n- A third fact [2]";
    expect(extractCitations(answer, ["a", "b"]).map(({ n, sentence }) => [n, sentence])).toEqual([
      [1, "Keys rotate in place"],
      [2, "The old one works for a day."],
      [1, "The old one works for a day."],
      [2, "A third fact"],
    ]);
  });

  it("takes one sentence each where the mark stands behind the full stop", () => {
    const answer = "Keys rotate.[1] Old ones go on.[2]\n\n- **Grace** is a day.[1]\n2. Step two.[2]";
    expect(extractCitations(answer, ["a", "b"]).map(({ sentence }) => sentence)).toEqual([
      "Keys rotate.",
      "Old ones go on.",
      "**Grace** is a day.",
      "Step two.",
    ]);
  });

  it("knows Chinese sentences", () => {
    const answer = "密钥可以轮换。旧密钥有效一天。[1]";
    expect(extractCitations(answer, ["a"])).toMatchObject([{ sentence: "旧密钥有效一天。" }]);
  });

  it("takes neither code nor numbers without a passage for citations", () => {
    expect(extractCitations("`list[1]` and\n```\na[1]\n```\nbut [7] and [0]", ["a"])).toEqual([]);
  });

  it("gives offsets at which the mark stands, for any text", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom("[1]", "[2]", "`", "\n", "。"))),
        (pieces) => {
          const answer = pieces.join("");
          for (const { n, start, end } of extractCitations(answer, ["a", "b"])) {
            expect(answer.slice(start, end)).toBe(`[${n}]`);
          }
        },
      ),
    );
  });
});
