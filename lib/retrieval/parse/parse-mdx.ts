import type { Paragraph, RootContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { type MdxJsxFlowElement, mdxFromMarkdown } from "mdast-util-mdx";
import { gfm } from "micromark-extension-gfm";
import { mdxjs } from "micromark-extension-mdxjs";
import { parseMarkdown, readFrontMatter } from "@/lib/retrieval/ingest/markdown";
import { decodeText } from "./decode-text";
import type { ParsedText } from "./parsed-file";
import { toMarkdown } from "./to-markdown";

/** Attributes of components that a reader sees as text. */
const VISIBLE = ["title", "label", "alt", "caption", "header"];
/** A paragraph that is program, to those who read the file as Markdown. */
const MODULE = /^(?:import\s+(?:[\s\S]{1,2000}?\sfrom\s+)?["']|export\s+(?:const|let|default|function)\s)/;

/** MDX without what is program: imports and exports go, components leave their titles and their text. */
export function parseMdx(bytes: Uint8Array): ParsedText {
  const source = decodeText(bytes);
  const { bodyStart, title } = readFrontMatter(source);
  const body = source.slice(bodyStart);
  return { title, markdown: source.slice(0, bodyStart) + withoutProgram(body), pages: [] };
}

/** Where the file is no valid MDX, say for a comment of HTML, it is read as Markdown. */
function withoutProgram(body: string): string {
  try {
    const root = fromMarkdown(body, {
      extensions: [gfm(), mdxjs()],
      mdastExtensions: [gfmFromMarkdown(), mdxFromMarkdown()],
    });
    return toMarkdown(textOnly(root.children));
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return withoutModuleLines(body);
  }
}

function withoutModuleLines(body: string): string {
  const program = parseMarkdown(body).children.filter(
    (node) => node.type === "paragraph" && MODULE.test(sourceOf(body, node)),
  );
  return program.reduceRight((text, { position }) => {
    const { start, end } = offsetsOf(position);
    return text.slice(0, start) + text.slice(end);
  }, body);
}

function sourceOf(body: string, { position }: RootContent): string {
  const { start, end } = offsetsOf(position);
  return body.slice(start, end);
}

function offsetsOf(position: RootContent["position"]) {
  const start = position?.start.offset ?? 0;
  return { start, end: position?.end.offset ?? start };
}

/** The nodes that are text, those inside of components among them. */
function textOnly(nodes: readonly RootContent[]): RootContent[] {
  return nodes.flatMap((node): RootContent[] => {
    if (node.type === "mdxjsEsm" || node.type === "mdxFlowExpression" || node.type === "mdxTextExpression")
      return [];
    if (node.type === "mdxJsxFlowElement") return [...titleOf(node), ...textOnly(node.children)];
    if (node.type === "mdxJsxTextElement") return textOnly(node.children);
    if ("children" in node) return [{ ...node, children: textOnly(node.children) } as RootContent];
    return [node];
  });
}

function titleOf({ attributes }: MdxJsxFlowElement): Paragraph[] {
  const titles = attributes.flatMap((attribute) => {
    const isText = attribute.type === "mdxJsxAttribute" && typeof attribute.value === "string";
    return isText && VISIBLE.includes(attribute.name) ? [String(attribute.value)] : [];
  });
  return titles.map((value) => ({
    type: "paragraph",
    children: [{ type: "strong", children: [{ type: "text", value }] }],
  }));
}
