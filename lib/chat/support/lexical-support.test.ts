import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SUPPORT_THRESHOLD } from "@/lib/domain/citation-support";
import { formatPrompt } from "@/lib/domain/prompt-format";
import { composeAnswer } from "@/lib/llm/offline-answer";
import { SAMPLE_PASSAGES } from "@/lib/llm/sample-passages.fixture";
import { extractCitations } from "../extract-citations";
import { lexicalSupport, termWeights } from "./lexical-support";
import { SUPPORT_PAIRS } from "./support-pairs.fixture";

const texts = SUPPORT_PAIRS.map(({ passage }) => passage);
const weigh = termWeights(texts);
const check = (sentence: string, text: string, question = "") =>
  lexicalSupport({ sentence, question, passage: { text, title: "", heading: "" }, others: [] }, weigh);

describe("support by words", () => {
  it.each(SUPPORT_PAIRS)(
    "tells what $passage says from what it does not say",
    ({ passage, says, denies }) => {
      for (const sentence of says) {
        expect([sentence, check(sentence, passage).support]).toEqual([
          sentence,
          expect.toSatisfy(isSupported),
        ]);
      }
      for (const sentence of denies) {
        expect([sentence, check(sentence, passage).support]).toEqual([
          sentence,
          expect.toSatisfy((support: number) => support < SUPPORT_THRESHOLD),
        ]);
      }
    },
  );

  it("is within 0 and 1 or unknown, whatever is compared", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.string({ unit: "binary" }),
        fc.string(),
        (sentence, text, question) => {
          const { support } = check(sentence, text, question);
          expect(support === null || (support >= 0 && support <= 1)).toBe(true);
        },
      ),
    );
  });

  it("is full for any sentence of the passage itself", () => {
    for (const { passage } of SUPPORT_PAIRS) {
      for (const sentence of passage.split(/(?<=[。.])\s*|\n/).filter((text) => /\p{L}/u.test(text))) {
        expect([sentence, check(sentence, passage).support]).toEqual([sentence, 1]);
      }
    }
  });

  it("names the numbers and names that are missing, and quotes what comes nearest", () => {
    const { evidence } = check("Old keys stay valid for 72 hours on the Harbor plan.", texts[0] ?? "");
    expect(evidence?.missing).toEqual(["72", "Harbor"]);
    expect(evidence?.sentence).toContain("24 hours");
  });

  it("is unknown across languages and where a sentence claims nothing", () => {
    expect(check("旧密钥在宽限期内仍然有效。", texts[0] ?? "").support).toBeNull();
    expect(check("Yes.", texts[0] ?? "").support).toBeNull();
  });

  it("does not hold words of the question against the answer, but does hold its numbers", () => {
    const question = "Is the Tallgrass credential usable for 72 hours?";
    const [passage = ""] = texts;
    expect(
      check("The Tallgrass credential: the old key stays valid for 24 hours.", passage, question).support,
    ).toSatisfy(isSupported);
    expect(check("The old key stays valid for 72 hours.", passage, question).support).toBeLessThan(
      SUPPORT_THRESHOLD,
    );
  });

  it("asks of each passage of a sentence only what the others do not say", () => {
    const parts = [
      "The Team plan keeps traces for 30 days.",
      "Exports are written as JSON Lines every night.",
    ];
    const sentence =
      "The Team plan keeps traces for 30 days, and exports are written as JSON Lines every night.";
    const of = (text: string, others: string[]) =>
      lexicalSupport(
        {
          sentence,
          question: "",
          passage: { text, title: "", heading: "" },
          others: others.map((other) => ({ text: other })),
        },
        weigh,
      ).support;
    const [plan = "", exports = ""] = parts;
    expect(of(plan, [exports])).toSatisfy(isSupported);
    expect(of(exports, [plan])).toSatisfy(isSupported);
    expect(of("Every night the office is cleaned.", parts)).toBeLessThan(SUPPORT_THRESHOLD);
  });
});

describe("the extractive model's answers", () => {
  const supportsOf = (passages: { title: string; heading: string; text: string }[], question: string) => {
    const numbered = passages.map((passage, index) => ({
      ...passage,
      n: index + 1,
      passage_id: String(index),
    }));
    const { content } = formatPrompt({ passages: numbered, question });
    const answer = composeAnswer([{ role: "user", content }]);
    const weights = termWeights(passages.map(({ text }) => text));
    return extractCitations(
      answer,
      numbered.map(({ passage_id }) => passage_id),
    ).map(({ n, sentence }) => {
      const passage = passages[n - 1];
      if (!passage) throw new Error("a citation without its passage");
      return { sentence, ...lexicalSupport({ sentence, question, passage, others: [] }, weights) };
    });
  };

  it("are supported by what they quote, of the sample passages", () => {
    const passages = Object.values(SAMPLE_PASSAGES);
    const questions = passages.flatMap(({ title, text }) => [title, ...text.split(/[.。\n|]/).slice(0, 8)]);
    for (const question of questions.filter((text) => text.trim() !== "")) {
      for (const { sentence, support } of supportsOf(passages, question)) {
        expect([question, sentence, support]).toEqual([
          question,
          sentence,
          expect.toSatisfy(isSupportedOrUnknown),
        ]);
      }
    }
  });

  it.each(["docs/en", "docs/zh", "docs/samples/tallgrass"])(
    "are supported by what they quote, of %s",
    (folder) => {
      const sections = readdirSync(folder)
        .filter((name) => name.endsWith(".md"))
        .flatMap((name) => sectionsOf(readFileSync(`${folder}/${name}`, "utf8")));
      for (const [index, { heading }] of sections.entries()) {
        const around = sections.slice(Math.max(0, index - 2), index + 3);
        for (const { sentence, support } of supportsOf(around, `${heading}?`)) {
          expect([heading, sentence, support]).toEqual([
            heading,
            sentence,
            expect.toSatisfy(isSupportedOrUnknown),
          ]);
        }
      }
    },
  );
});

function isSupported(support: number | null): boolean {
  return support !== null && support >= SUPPORT_THRESHOLD;
}

function isSupportedOrUnknown(support: number | null): boolean {
  return support === null || isSupported(support);
}

function sectionsOf(markdown: string) {
  const title = /^# (.*)$/m.exec(markdown)?.[1] ?? "";
  return markdown
    .split(/^(?=## )/m)
    .slice(1)
    .map((section) => {
      const [first = "", ...rest] = section.split("\n");
      return { title, heading: first.replace(/^## /, ""), text: rest.join("\n").trim() };
    });
}
