/** The parts of a Markdown tree that the plugin looks at. */
interface MarkdownNode {
  type: string;
  url?: string;
  alt?: string | null;
  value?: string;
  children?: MarkdownNode[];
}

const LINK_OF: Record<string, string> = { image: "link", imageReference: "linkReference" };

/** Turns each picture into a link to it, named by its text: nothing is loaded that the reader did not ask for. */
export function remarkImageLinks() {
  return function visit(node: MarkdownNode): void {
    const link = LINK_OF[node.type];
    if (link !== undefined) {
      node.children = [{ type: "text", value: node.alt || node.url || "" }];
      node.type = link;
      return;
    }
    for (const child of node.children ?? []) visit(child);
  };
}
