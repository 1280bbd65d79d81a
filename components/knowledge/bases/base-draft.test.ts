import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { kbPrefixSchema, newKnowledgeBaseSchema } from "@/lib/domain/knowledge-base";
import {
  addKeywords,
  type BaseDraft,
  changesOf,
  checkDraft,
  fromDraft,
  suggestPrefix,
  toDraft,
} from "./base-draft";

const draft: BaseDraft = { prefix: "garden", title: "Garden", description: "", keywords: [], suggested: "" };

const size = (max: number) =>
  fc.oneof(fc.constant(0), fc.constant(1), fc.constant(max), fc.constant(max + 1));
const anyDraft = fc.record({
  prefix: fc.oneof(
    fc.constantFrom("", "auto", "general", "a", "garden", "1x", "Ab"),
    fc.stringMatching(/^[a-z0-9-]{0,34}$/),
  ),
  title: size(100).map((length) => "t".repeat(length)),
  description: size(1000).map((length) => "d".repeat(length)),
  keywords: size(200).map((count) => Array.from({ length: count }, (_, n) => `k${n}`)),
  suggested: size(12).map((count) => Array.from({ length: count }, (_, n) => ` q${n} `).join("\n\n")),
});

describe("a draft", () => {
  test("has no problem exactly when the server takes it", () => {
    fc.assert(
      fc.property(anyDraft, (given) => {
        const problems = Object.values(checkDraft(given, []));
        const taken = newKnowledgeBaseSchema.safeParse(fromDraft(given)).success;
        expect(problems.every((problem) => problem === null)).toBe(taken);
      }),
    );
  });

  test("of a stored knowledge base is that one again", () => {
    const base = { ...draft, keywords: ["rose", "年假"], suggested: ["Why?", "为什么？"] };
    expect(fromDraft(toDraft(base))).toEqual(base);
  });

  test("changes the fields that were written in, and no other", () => {
    const base = { ...fromDraft(draft), keywords: ["rose"] };
    expect(changesOf(toDraft(base), base)).toEqual({});
    expect(changesOf({ ...toDraft(base), title: " Yard ", keywords: ["rose", "oak"] }, base)).toEqual({
      title: "Yard",
      keywords: ["rose", "oak"],
    });
    expect(changesOf({ ...toDraft(base), suggested: "Why?" }, base)).toEqual({ suggested: ["Why?"] });
  });

  test("says which prefix is taken, reserved or none", () => {
    const problem = (prefix: string) => checkDraft({ ...draft, prefix }, ["lamp"]).prefix?.code ?? null;
    expect(["", "lamp", "auto", "general", "x", "Garden", "garden"].map(problem)).toEqual([
      "required",
      "taken",
      "reserved",
      "reserved",
      "prefix",
      "prefix",
      null,
    ]);
  });
});

describe("a prefix out of a title", () => {
  test.each([
    ["Product Docs", "product-docs"],
    ["  Über-uns: 2024 (neu)", "uber-uns-2024-neu"],
    ["2024 Reports", "reports"],
    ["人事制度 HR", "hr"],
    ["人事制度", ""],
  ])("%j gives %j", (title, prefix) => expect(suggestPrefix(title)).toBe(prefix));

  test("is empty, too short, reserved, or fit to be one", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (title) => {
        const prefix = suggestPrefix(title);
        if (prefix.length > 1 && !["auto", "general"].includes(prefix))
          expect(kbPrefixSchema.safeParse(prefix).success).toBe(true);
      }),
    );
  });
});

describe("keywords that are typed", () => {
  test("come apart at commas of both languages and at line ends, and repeat none", () => {
    expect(addKeywords(["VPN"], "leave, vpn ,年假，报销、 two  words\nleave")).toEqual([
      "VPN",
      "leave",
      "年假",
      "报销",
      "two words",
    ]);
    expect(addKeywords(["VPN"], " , ")).toEqual(["VPN"]);
  });
});
