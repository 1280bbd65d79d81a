import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  KB_LIMITS,
  kbPrefixSchema,
  knowledgeBasePatchSchema,
  newKnowledgeBaseSchema,
} from "./knowledge-base";

const base = { prefix: "handbook", title: "Handbook" };
const messagesOf = (body: object) =>
  newKnowledgeBaseSchema.safeParse(body).error?.issues.map(({ path, message }) => [path.join("."), message]);

describe("a new knowledge base", () => {
  test("needs a prefix and a title; the rest is empty", () => {
    expect(newKnowledgeBaseSchema.parse(base)).toEqual({
      ...base,
      description: "",
      keywords: [],
      suggested: [],
    });
    expect(newKnowledgeBaseSchema.safeParse({ prefix: "handbook" }).success).toBe(false);
    expect(newKnowledgeBaseSchema.safeParse({ title: "Handbook" }).success).toBe(false);
  });

  test.each(["auto", "general", "a", "1a", "-a", "Ab", "a_b", "a b", "a/b", "ä1", "", `a${"b".repeat(32)}`])(
    "%j is no prefix",
    (prefix) => expect(kbPrefixSchema.safeParse(prefix).success).toBe(false),
  );

  test.each(["ab", "a1", "a-", "automatic", `a${"b".repeat(31)}`])("%j is a prefix", (prefix) =>
    expect(kbPrefixSchema.safeParse(prefix).success).toBe(true),
  );

  test("says what is wrong in words, an unknown key too", () => {
    expect(messagesOf({ ...base, title: "  " })).toEqual([["title", "must not be empty"]]);
    expect(messagesOf({ ...base, title: "a\nb" })).toEqual([["title", "must be one line"]]);
    expect(messagesOf({ ...base, title: "x".repeat(KB_LIMITS.title + 1) })).toEqual([
      ["title", "at most 100 characters"],
    ]);
    expect(messagesOf({ ...base, keywords: ["ok", ""] })).toEqual([["keywords.1", "must not be empty"]]);
    expect(newKnowledgeBaseSchema.safeParse({ ...base, owner: "me" }).success).toBe(false);
  });

  test("each limit is the last size that passes", () => {
    const full = {
      ...base,
      title: "x".repeat(KB_LIMITS.title),
      description: "x".repeat(KB_LIMITS.description),
      keywords: Array.from({ length: KB_LIMITS.keywords }, (_, n) => `${n}`.padStart(KB_LIMITS.keyword, "x")),
      suggested: Array.from({ length: KB_LIMITS.suggested }, (_, n) =>
        `${n}`.padStart(KB_LIMITS.question, "x"),
      ),
    };
    expect(newKnowledgeBaseSchema.parse(full)).toEqual(full);
    expect(messagesOf({ ...full, keywords: [...full.keywords, "one more"] })).toHaveLength(1);
    expect(messagesOf({ ...full, suggested: [...full.suggested, "one more"] })).toHaveLength(1);
    expect(messagesOf({ ...full, description: `${full.description}x` })).toHaveLength(1);
  });

  test("keeps each keyword once, the first spelling, in order", () => {
    const { keywords } = newKnowledgeBaseSchema.parse({
      ...base,
      keywords: ["VPN", " leave ", "vpn", "Leave"],
    });
    expect(keywords).toEqual(["VPN", "leave"]);
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-cA-C]{1,2}$/), { maxLength: 20 }), (given) => {
        const kept = newKnowledgeBaseSchema.parse({ ...base, keywords: given }).keywords;
        const keys = kept.map((keyword) => keyword.toLowerCase());
        expect(new Set(keys).size).toBe(keys.length);
        expect(new Set(keys)).toEqual(new Set(given.map((keyword) => keyword.toLowerCase())));
      }),
    );
  });
});

describe("an edit", () => {
  test("is of something, and never of the prefix", () => {
    expect(knowledgeBasePatchSchema.safeParse({}).success).toBe(false);
    expect(knowledgeBasePatchSchema.safeParse({ prefix: "other" }).success).toBe(false);
    expect(knowledgeBasePatchSchema.parse({ description: "" })).toEqual({ description: "" });
  });
});
