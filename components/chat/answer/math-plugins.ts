import type { Options } from "react-markdown";
import rehypeKatex from "rehype-katex";
import remarkMath from "remark-math";
import "katex/dist/katex.min.css";

type Plugin = NonNullable<Options["remarkPlugins"]>[number];

/** The parts of an element tree that the plugin looks at. */
interface ElementNode {
  type: string;
  properties?: Record<string, unknown>;
  children?: ElementNode[];
}

/** A wide formula scrolls in its own box, which the keyboard reaches. */
function rehypeMathBoxes() {
  return function visit(node: ElementNode): void {
    const classes = node.properties?.className;
    if (Array.isArray(classes) && classes.includes("katex-display")) {
      node.properties = { ...node.properties, tabIndex: 0 };
      return;
    }
    for (const child of node.children ?? []) visit(child);
  };
}

/**
 * Mathematics between `$$`. A formula cannot name a link, a picture or a class, nor make itself larger than
 * the page or longer than its reader's patience; one with a mistake is shown as it was written.
 */
export const mathPlugins: { remark: Plugin; rehype: Plugin[] } = {
  // A single dollar is a currency; `toMathMarks` has told the formulas apart.
  remark: [remarkMath, { singleDollarTextMath: false }],
  rehype: [
    [rehypeKatex, { trust: false, strict: "ignore", maxSize: 20, maxExpand: 500, errorColor: "var(--err)" }],
    rehypeMathBoxes,
  ],
};
