import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chunkDocument } from "./chunk-document";

const count = (text: string) => Math.ceil(text.length / 4);
const SIZE = { max: 60, target: 45, overlap: 12 };

const sentence = fc.oneof(
  fc.constantFrom("The lamp is warm.", "Why does it blink?", "台灯会闪烁。", "Call `run(1)` — then wait!"),
  fc
    .array(fc.constantFrom("lamp", "bridge", "红色", "x_y", "42"), { minLength: 1, maxLength: 12 })
    .map((w) => w.join(" ")),
);
const paragraph = fc.array(sentence, { minLength: 1, maxLength: 12 }).map((parts) => parts.join(" "));
const code = fc
  .array(fc.constantFrom("const a = 1;", "", "  # no heading", "run --now"), { minLength: 1, maxLength: 30 })
  .map((lines) => `\`\`\`sh\n${lines.join("\n")}\n\`\`\``);
const list = fc
  .array(paragraph, { minLength: 1, maxLength: 8 })
  .map((items) => items.map((item) => `- ${item}`).join("\n"));
const table = fc
  .array(sentence, { minLength: 1, maxLength: 12 })
  .map((rows) => `| a | b |\n|---|---|\n${rows.map((row) => `| ${row} | 1 |`).join("\n")}`);
const heading = fc
  .record({ depth: fc.integer({ min: 1, max: 4 }), text: fc.constantFrom("One", "Two `x`", "第三节") })
  .map(({ depth, text }) => `${"#".repeat(depth)} ${text}`);
const markdown = fc
  .array(fc.oneof(heading, paragraph, code, list, table), { maxLength: 14 })
  .map((blocks) => blocks.join("\n\n"));

function uncovered(source: string, chunks: readonly { start: number; end: number }[]): string {
  const characters = [...source.split("")];
  for (const { start, end } of chunks) characters.fill(" ", start, end);
  return characters.join("");
}

describe("chunkDocument", () => {
  test("each chunk is a stretch of the document, and together they hold all but the headings", () => {
    fc.assert(
      fc.property(markdown, (source) => {
        const { chunks } = chunkDocument(source, count, SIZE);
        for (const { text, start, end } of chunks) expect(text).toBe(source.slice(start, end));
        const rest = uncovered(source, chunks).split("\n");
        expect(rest.filter((line) => line.trim() !== "" && !/^#{1,4} /.test(line))).toEqual([]);
      }),
    );
  });

  test("any text without headings is covered whole", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 600 }).filter((text) => !/[#=-]/.test(text)),
        (source) => {
          const { chunks } = chunkDocument(source, count, SIZE);
          expect(uncovered(source, chunks).trim()).toBe("");
          for (const { text } of chunks) expect(text.isWellFormed()).toBe(true);
        },
      ),
    );
  });

  test("a long run without white space is cut between characters, not inside one", () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 700 }), (length) => {
        const { chunks } = chunkDocument(`a${"😀".repeat(length)}`, count, SIZE);
        expect(chunks.length).toBeGreaterThan(0);
        for (const { text } of chunks) expect(text.isWellFormed()).toBe(true);
      }),
    );
  });

  test("code blocks and rows of a table are never cut", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(code, table, paragraph), { minLength: 1 }), (blocks) => {
        const { chunks } = chunkDocument(blocks.join("\n\n"), count, SIZE);
        const whole = blocks.flatMap((block) => (block.startsWith("|") ? block.split("\n") : block));
        for (const piece of whole.filter((one) => /^(```|\|)/.test(one))) {
          expect(chunks.some(({ text }) => text.includes(piece))).toBe(true);
        }
      }),
    );
  });

  test("a table of many rows becomes several chunks, of which none is larger than allowed", () => {
    const rows = Array.from({ length: 200 }, (_, at) => `| part ${at} | ${at} euros |`);
    const { chunks } = chunkDocument(`| a | b |\n|---|---|\n${rows.join("\n")}`, count, SIZE);
    expect(chunks.length).toBeGreaterThan(10);
    for (const { tokens } of chunks) expect(tokens).toBeLessThanOrEqual(SIZE.max);
  });

  test("a chunk of prose is not larger than allowed", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(heading, paragraph, list), { maxLength: 14 }), (blocks) => {
        const { chunks } = chunkDocument(blocks.join("\n\n"), count, SIZE);
        for (const { tokens } of chunks) expect(tokens).toBeLessThanOrEqual(SIZE.max);
      }),
    );
  });

  test("the title is taken from the first heading of depth 1 and is no part of the heading path", () => {
    const { title, chunks } = chunkDocument(
      "# The lamp\n\nIntro.\n\n## Use\n\n### At night\n\nDim it.",
      count,
    );
    expect(title).toBe("The lamp");
    expect(chunks.map((chunk) => [chunk.heading, chunk.text])).toEqual([
      ["", "Intro."],
      ["Use › At night", "Dim it."],
    ]);
  });

  test("front matter gives the title where there is no heading, and is not indexed", () => {
    const { title, chunks } = chunkDocument('---\ntitle: "Lamps"\nicon: x\n---\n\nText.', count);
    expect([title, chunks.map(({ text }) => text)]).toEqual(["Lamps", ["Text."]]);
  });

  test("a heading with nothing below it is still found", () => {
    expect(chunkDocument("# T\n\n## Soon", count).chunks.map(({ text }) => text)).toEqual(["## Soon"]);
  });

  test("the parts of a long section repeat the sentence before the cut", () => {
    const sentences = Array.from({ length: 12 }, (_, at) => `Sentence number ${at} says something.`);
    const { chunks } = chunkDocument(sentences.join(" "), count, SIZE);
    expect(chunks.length).toBeGreaterThan(1);
    for (const [at, chunk] of chunks.slice(1).entries()) {
      expect(chunk.start).toBeLessThan(chunks[at]?.end ?? 0);
      expect(chunks[at]?.text.endsWith(chunk.text.slice(0, chunk.text.indexOf(".") + 1))).toBe(true);
    }
  });

  test("a section that fits is not cut and repeats nothing", () => {
    const { chunks } = chunkDocument("## A\n\nOne. Two.\n\nThree.\n\n## B\n\nFour.", count, SIZE);
    expect(chunks.map(({ text }) => text)).toEqual(["One. Two.\n\nThree.", "Four."]);
  });
});
