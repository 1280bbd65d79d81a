import type { Heading, RootContent } from "mdast";
import { plainText } from "@/lib/retrieval/ingest/markdown";

/** A document's blocks, and its title as the only heading of depth 1, or null. */
export interface TitledBlocks {
  title: string | null;
  blocks: RootContent[];
}

/**
 * A single heading of depth 1 is the title. Where a document has several, as books have chapters, they
 * are put one level down below the `declared` title, so that none of them is lost from the heading path.
 */
export function withTitle(blocks: RootContent[], declared: string | null): TitledBlocks {
  const tops = blocks.filter((block) => block.type === "heading" && block.depth === 1);
  const [only] = tops;
  if (only && tops.length === 1) return { title: lineOf(plainText(only)), blocks };
  const title = lineOf(declared ?? "");
  if (title !== "") return belowTitle(blocks, title);
  return { title: null, blocks: tops.length > 0 ? blocks.map(demoted) : blocks };
}

/** Puts all blocks below this title. */
export function belowTitle(blocks: RootContent[], title: string): TitledBlocks {
  const hasTop = blocks.some((block) => block.type === "heading" && block.depth === 1);
  return { title, blocks: [titleHeading(title), ...(hasTop ? blocks.map(demoted) : blocks)] };
}

function demoted(block: RootContent): RootContent {
  if (block.type !== "heading") return block;
  const depths: Record<Heading["depth"], Heading["depth"]> = { 1: 2, 2: 3, 3: 4, 4: 5, 5: 6, 6: 6 };
  return { ...block, depth: depths[block.depth] };
}

function titleHeading(title: string): Heading {
  return { type: "heading", depth: 1, children: [{ type: "text", value: title }] };
}

function lineOf(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
