import type { Nodes, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

const HTML_TAG = /<[^>]+>/g;
const FRONT_MATTER = /^---\r?\n[\s\S]*?\r?\n---[ \t]*(?:\r?\n|$)/;
const FRONT_MATTER_TITLE = /^title:[ \t]*(.+?)[ \t]*$/m;

/** Parses GitHub-flavoured Markdown; every node carries its offsets. */
export function parseMarkdown(source: string): Root {
  return fromMarkdown(source, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
}

/** The text that a reader sees, one line for each block; addresses, marks and HTML tags are gone. */
export function plainText(node: Nodes): string {
  if (node.type === "html") return node.value.replace(HTML_TAG, " ");
  if ("value" in node) return node.value;
  if (node.type === "image" || node.type === "imageReference") return node.alt ?? "";
  if (node.type === "break") return "\n";
  if (!("children" in node)) return "";
  return node.children.map(plainText).join(isInlineParent(node) ? "" : "\n");
}

function isInlineParent(node: Nodes): boolean {
  const blocks = ["root", "list", "listItem", "blockquote", "table", "tableRow", "footnoteDefinition"];
  return !blocks.includes(node.type);
}

/** Splits YAML front matter off: where the text proper begins, and the title that it declares. */
export function readFrontMatter(source: string): { bodyStart: number; title: string | null } {
  const block = FRONT_MATTER.exec(source)?.[0] ?? "";
  const title = FRONT_MATTER_TITLE.exec(block)?.[1]?.replace(/^(["'])(.*)\1$/, "$2") ?? null;
  return { bodyStart: block.length, title };
}
