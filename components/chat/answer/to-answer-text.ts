import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

/** An answer's Markdown as plain text to paste elsewhere: its words, lists and tables, without marks or citations. */
export function toAnswerText(markdown: string): string {
  const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return blocks(tree.children, "\n\n")
    .replace(/\s?\[\d{1,3}\]/g, "")
    .trim();
}

function blocks(nodes: readonly Nodes[], between: string): string {
  return nodes.map(toText).join(between);
}

function toText(node: Nodes): string {
  switch (node.type) {
    case "text":
    case "inlineCode":
    case "code":
    case "html":
      return node.value;
    case "break":
      return "\n";
    case "thematicBreak":
      return "———";
    case "image":
    case "imageReference":
      return node.alt ?? "";
    case "link":
      return linkText(blocks(node.children, ""), node.url);
    case "blockquote":
      return indent(blocks(node.children, "\n\n"), "> ", "> ");
    case "list":
      return node.children
        .map((item, index) =>
          indentItem(toText(item), node.ordered ? `${(node.start ?? 1) + index}. ` : "• "),
        )
        .join(node.spread ? "\n\n" : "\n");
    case "listItem":
      return blocks(node.children, node.spread ? "\n\n" : "\n");
    case "table":
      return blocks(node.children, "\n");
    case "tableRow":
      return blocks(node.children, "\t");
    default:
      return "children" in node ? blocks(node.children, "") : "";
  }
}

/** An address says more than the words of its link, unless these are the address. */
function linkText(text: string, url: string): string {
  return text === url || url === `mailto:${text}` ? text : `${text} (${url})`;
}

function indentItem(text: string, mark: string): string {
  return indent(text, mark, " ".repeat(mark.length));
}

function indent(text: string, first: string, others: string): string {
  return text
    .split("\n")
    .map((line, index) => (index === 0 ? first : line === "" && others.trim() === "" ? "" : others) + line)
    .join("\n");
}
