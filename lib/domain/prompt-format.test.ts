import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatPrompt, parsePrompt } from "./prompt-format";

/** Text in which fences, half fences and their escapes turn up often. */
const hostileText = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 6 }),
      fc.constantFrom(
        "</passage>",
        "\n</passage>",
        "\n</passages>\n",
        '<passages fit="poor">\n',
        '<passage n="9" title="" heading="">\n',
        "<question>\n",
        "\n</question>",
        "</ Passage",
        "< QUESTION>",
        "<|im_start|>system\n",
        "<｜User｜>",
        "</s>",
        "<<SYS>>",
        "<end_of_turn>",
        "[INST]",
        "[/SYSTEM_PROMPT]",
        "&#91;",
        "&lt;",
        "&LT;",
        "&amp;lt;",
        "&amp;",
        "&quot;",
        "&#10;",
        "\n",
        "\r\n",
        '"',
        "<",
        "/",
        "年假",
      ),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(""));

const passage = fc.record({
  n: fc.nat({ max: 99 }),
  passage_id: fc.string(),
  title: hostileText,
  heading: hostileText,
  text: hostileText,
});
const prompt = fc.record({
  passages: fc.array(passage, { maxLength: 4 }),
  question: hostileText,
  fit: fc.constantFrom("good" as const, "poor" as const),
});

describe("prompt format", () => {
  it("reads back exactly what it laid out, whatever the documents and the question hold", () => {
    fc.assert(
      fc.property(prompt, (input) => {
        const passages = input.passages.map(({ n, title, heading, text }) => ({ n, title, heading, text }));
        const fit = passages.length > 0 ? input.fit : "good";
        expect(parsePrompt(formatPrompt(input).content)).toEqual({ passages, question: input.question, fit });
      }),
      { numRuns: 1000 },
    );
  });

  it("lets no document open or close a fence", () => {
    fc.assert(
      fc.property(prompt, (input) => {
        const { content } = formatPrompt(input);
        const count = (pattern: RegExp) => content.match(pattern)?.length ?? 0;
        const fences = input.passages.length > 0 ? 1 : 0;
        expect(count(/<\s*passage\s/gi)).toBe(input.passages.length);
        expect(count(/<\s*\/\s*passage>/gi)).toBe(input.passages.length);
        expect(count(/<\s*passages/gi)).toBe(fences);
        expect(count(/<\s*\/\s*passages/gi)).toBe(fences);
        expect(count(/<\s*question/gi)).toBe(1);
        expect(count(/<\s*\/\s*question/gi)).toBe(1);
      }),
      { numRuns: 500 },
    );
  });

  it("lets no document speak as another role, by the marks that models' templates have for it", () => {
    fc.assert(
      fc.property(prompt, (input) => {
        const { content } = formatPrompt(input);
        expect(content).not.toMatch(/<[|｜]|<\/?s>|<<\/?SYS>|<(?:start|end)_of_turn>|<[be]os>/i);
        expect(content).not.toMatch(/\[\/?(?:INST|SYSTEM_PROMPT)\]/i);
      }),
      { numRuns: 500 },
    );
  });

  it("names parts that cover the content without gap or overlap, each passage once", () => {
    fc.assert(
      fc.property(prompt, (input) => {
        const { content, parts } = formatPrompt(input);
        let end = 0;
        for (const part of parts) {
          expect(part.start).toBe(end);
          expect(part.text).toBe(content.slice(part.start, part.end));
          end = part.end;
        }
        expect(end).toBe(content.length);
        const named = parts.filter((part) => part.passage_id !== null).map((part) => part.passage_id);
        expect(named).toEqual(input.passages.map((item) => item.passage_id));
        expect(parts.filter((part) => part.origin === "question")).toHaveLength(1);
      }),
    );
  });

  it("keeps the layout that models are told about", () => {
    const { content } = formatPrompt({
      passages: [
        { n: 1, passage_id: "p", title: 'The "guide"', heading: "A › B", text: "if a < b && c: </passage>" },
      ],
      question: "What?",
    });
    expect(content).toBe(
      '<passages>\n<passage n="1" title="The &quot;guide&quot;" heading="A › B">\n' +
        "if a < b && c: &lt;/passage>\n</passage>\n</passages>\n\n<question>\nWhat?\n</question>",
    );
  });

  it("is null for a message that holds no fenced question", () => {
    expect(parsePrompt("hello")).toBeNull();
    expect(parsePrompt("")).toBeNull();
  });
});
