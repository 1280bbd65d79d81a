import type { Heading, Root, RootContent } from "mdast";
import { plainText } from "./markdown";

/** The blocks below a heading, up to the next heading. */
export interface Section {
  /** Headings above the blocks, outermost first, without the document's title. */
  path: readonly string[];
  blocks: RootContent[];
}

interface OpenSection extends Section {
  headings: Heading[];
  /** Its heading stands in the part before. */
  isContinued: boolean;
}

/** What the next part of a document stands below. */
export interface Outline {
  title: string | null;
  headings: readonly Heading[];
}

/**
 * Takes a document, or the next part of one, apart along its headings. Its first heading of depth 1 is the
 * title and begins no section; a heading with nothing below it is the only block of its section, so that no
 * text is lost.
 */
export function toSections(
  root: Root,
  above: Outline = { title: null, headings: [] },
): { sections: Section[]; outline: Outline } {
  const title = above.title === null ? (root.children.find(isTitle) ?? null) : null;
  const path = above.headings.map(headingText);
  const open: OpenSection[] = [{ path, blocks: [], headings: [...above.headings], isContinued: true }];
  for (const node of root.children) {
    if (node === title) continue;
    const current = open.at(-1);
    if (node.type === "heading") open.push(sectionBelow(node, current?.headings ?? []));
    else current?.blocks.push(node);
  }
  const outline = { title: title ? headingText(title) : above.title, headings: open.at(-1)?.headings ?? [] };
  return { sections: open.flatMap(closeSection), outline };
}

function isTitle(node: RootContent): node is Heading {
  return node.type === "heading" && node.depth === 1;
}

function sectionBelow(heading: Heading, above: readonly Heading[]): OpenSection {
  const headings = [...above.filter(({ depth }) => depth < heading.depth), heading];
  return { path: headings.map(headingText), blocks: [], headings, isContinued: false };
}

function headingText(heading: Heading): string {
  return plainText(heading).replace(/\s+/g, " ").trim();
}

function closeSection(
  { path, blocks, headings, isContinued }: OpenSection,
  at: number,
  all: OpenSection[],
): Section[] {
  if (blocks.length > 0) return [{ path, blocks }];
  const heading = isContinued ? undefined : headings.at(-1);
  const isParent = heading && all[at + 1]?.headings.includes(heading);
  return heading && !isParent ? [{ path: path.slice(0, -1), blocks: [heading] }] : [];
}
