import type { ParsedPassage } from "@/lib/domain/prompt-format";
import { type Block, parseMarkdown } from "./offline-markdown";

type ContentBlock = Exclude<Block, { kind: "heading" }>;

/** What stands under one heading of one passage. */
export interface Section {
  n: number;
  title: string;
  /** The heading path of the passage and the heading inside it, where there is one. */
  heading: string;
  blocks: ContentBlock[];
}

/** The smallest part of a section that is quoted: a sentence, a list item, a table row, a code block. */
export interface Unit {
  section: Section;
  /** Index of its block in the section. */
  block: number;
  /** Index in the block. */
  index: number;
  kind: "sentence" | "item" | "row" | "code";
  text: string;
}

export function toSections(passages: readonly ParsedPassage[]): Section[] {
  return passages.flatMap(({ n, title, heading, text }) => {
    let section: Section = { n, title, heading, blocks: [] };
    const sections = [section];
    for (const block of parseMarkdown(text)) {
      if (block.kind !== "heading") section.blocks.push(block);
      else {
        const isKnown = heading.includes(block.text) || title === block.text;
        section = { n, title, heading: isKnown ? heading : `${heading} › ${block.text}`, blocks: [] };
        sections.push(section);
      }
    }
    return sections.filter(({ blocks }) => blocks.length > 0);
  });
}

export function unitsOf(section: Section): Unit[] {
  return section.blocks.flatMap((block, index) =>
    textsOf(block).map((text, at) => ({ section, block: index, index: at, kind: unitKind(block), text })),
  );
}

/** True for an item of a numbered list. */
export function isStep(unit: Unit | undefined): boolean {
  const list = unit?.section.blocks[unit.block];
  return list?.kind === "list" && list.items[0]?.number !== null;
}

function textsOf(block: ContentBlock): string[] {
  switch (block.kind) {
    case "prose":
      return block.sentences;
    case "list":
      return block.items.map((item) => item.text);
    case "table":
      return block.rows.map((row) => row.join(" "));
    case "code":
      return [block.code];
  }
}

function unitKind(block: ContentBlock): Unit["kind"] {
  return ({ prose: "sentence", list: "item", table: "row", code: "code" } as const)[block.kind];
}
