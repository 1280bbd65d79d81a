import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chunkDocument } from "./chunk-document";
import { splitSource } from "./split-source";

const line = fc.constantFrom(
  "",
  "",
  "# One",
  "## Two",
  "prose that goes on",
  "```sh",
  "```",
  "~~~",
  "- item",
  "12) item",
  "| a | b |",
  "台灯",
);
const source = fc.array(line, { maxLength: 80 }).map((lines) => lines.join("\n"));

describe("splitSource", () => {
  test("covers any document from the given place on, part by part", () => {
    fc.assert(
      fc.property(source, fc.nat(40), fc.integer({ min: 1, max: 200 }), (text, from, part) => {
        const ends = splitSource(text, Math.min(from, text.length), part, 4 * part);
        expect(ends.at(-1)).toBe(text.length);
        expect(ends.toSorted((a, b) => a - b)).toEqual(ends);
      }),
    );
  });

  test("a short document is one part", () => {
    expect(splitSource("# A\n\nText.\n", 0)).toEqual([11]);
  });

  test("cuts before a heading rather than elsewhere, and behind a blank line rather than in a paragraph", () => {
    const prose = "word ".repeat(12).trim();
    const text = `${prose}\n\n${prose}\n\n# Next\n\n${prose}\n\n${prose}\n`;
    const [first = 0] = splitSource(text, 0, 140);
    expect(text.slice(first)).toMatch(/^# Next/);
    const plain = `${prose}\n\n${prose}\n\n${prose}\n\n${prose}\n`;
    for (const end of splitSource(plain, 0, 80).slice(0, -1)) expect(plain.slice(0, end)).toMatch(/\n\n$/);
  });

  test("a list without blank lines is cut between its items, and nowhere else", () => {
    const items = Array.from({ length: 400 }, (_, n) => `- Item ${n}\n  goes on\n  - and has a part\n`);
    const text = `# Stock\n\n${items.join("")}`;
    const ends = splitSource(text, 0, 300, 3000);
    expect(ends.length).toBeGreaterThan(20);
    for (const end of ends.slice(1, -1)) expect(text.slice(end)).toMatch(/^- Item/);
  });

  test("leaves a code block whole, whatever looks like a break in it", () => {
    const code = `\`\`\`\n${"# no heading\n\n".repeat(20)}\`\`\`\n`;
    const text = `Before.\n\n${code}\nAfter.\n\n${"More words.\n\n".repeat(20)}`;
    const begin = text.indexOf("```");
    for (const end of splitSource(text, 0, 60, 10_000)) {
      expect(end <= begin || end >= begin + code.length).toBe(true);
    }
  });

  test("what never breaks is cut at a line's end before it grows too long", () => {
    const text = "1,2,3\n".repeat(1000);
    const ends = splitSource(text, 0, 100, 600);
    for (const [at, end] of ends.entries()) expect(end - (ends[at - 1] ?? 0)).toBeLessThan(700);
  });
});

test("a long document keeps its title and heading paths over all of its parts", () => {
  const count = (text: string) => Math.ceil(text.length / 4);
  const section = (n: number) => `### Part ${n}\n\n${`Sentence ${n} says something. `.repeat(200)}`;
  const text = `# Long\n\n## All\n\n${Array.from({ length: 200 }, (_, n) => section(n)).join("\n\n")}\n`;
  expect(splitSource(text, 0).length).toBeGreaterThan(2);
  const { title, chunks } = chunkDocument(text, count);
  expect(title).toBe("Long");
  for (const { heading, text: own, start, end } of chunks) {
    expect(heading).toMatch(/^All › Part \d+$/);
    expect(text.slice(start, end)).toBe(own);
  }
  expect(new Set(chunks.map(({ heading }) => heading)).size).toBe(200);
});
