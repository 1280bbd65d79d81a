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
}

/**
 * Takes a document apart along its headings. Its first heading of depth 1 is the title and begins no
 * section; a heading with nothing below it is the only block of its section, so that no text is lost.
 */
export function toSections(root: Root): { title: string | null; sections: Section[] } {
  const title = root.children.find(isTitle) ?? null;
  const open: OpenSection[] = [{ path: [], blocks: [], headings: [] }];
  for (const node of root.children) {
    if (node === title) continue;
    const current = open.at(-1);
    if (node.type === "heading") open.push(sectionBelow(node, current?.headings ?? []));
    else current?.blocks.push(node);
  }
  return { title: title && headingText(title), sections: open.flatMap(closeSection) };
}

function isTitle(node: RootContent): node is Heading {
  return node.type === "heading" && node.depth === 1;
}

function sectionBelow(heading: Heading, above: readonly Heading[]): OpenSection {
  const headings = [...above.filter(({ depth }) => depth < heading.depth), heading];
  return { path: headings.map(headingText), blocks: [], headings };
}

function headingText(heading: Heading): string {
  return plainText(heading).replace(/\s+/g, " ").trim();
}

function closeSection({ path, blocks, headings }: OpenSection, at: number, all: OpenSection[]): Section[] {
  if (blocks.length > 0) return [{ path, blocks }];
  const heading = headings.at(-1);
  const isParent = heading && all[at + 1]?.headings.includes(heading);
  return heading && !isParent ? [{ path: path.slice(0, -1), blocks: [heading] }] : [];
}
