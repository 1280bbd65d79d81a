/** The parts of a Markdown tree that the plugin looks at. */
interface MarkdownNode {
  type: string;
  value?: string;
  children?: MarkdownNode[];
  data?: { hName: string; hProperties: Record<string, string> };
}

const MARK = /\[(\d{1,3})\]/g;
/** A link's text is the link's own; code is not prose. */
const OPAQUE = new Set(["link", "linkReference", "inlineCode", "code"]);

/** Turns each mark `[n]` of the prose into an element `cite` with the attribute `n`. */
export function remarkCitations() {
  return (tree: MarkdownNode): void => replaceMarks(tree);
}

function replaceMarks(node: MarkdownNode): void {
  if (!node.children || OPAQUE.has(node.type)) return;
  node.children = node.children.flatMap((child) => {
    if (child.type === "text") return splitMarks(child.value ?? "");
    replaceMarks(child);
    return child;
  });
}

function splitMarks(text: string): MarkdownNode[] {
  const nodes: MarkdownNode[] = [];
  let at = 0;
  for (const match of text.matchAll(MARK)) {
    if (match.index > at) nodes.push({ type: "text", value: text.slice(at, match.index) });
    const n = match[1] ?? "";
    nodes.push({ type: "citation", children: [], data: { hName: "cite", hProperties: { n } } });
    at = match.index + match[0].length;
  }
  if (at < text.length) nodes.push({ type: "text", value: text.slice(at) });
  return nodes;
}
