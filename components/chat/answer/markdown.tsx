"use client";

import { memo, useMemo } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import remend from "remend";
import { CitationChip } from "./citation-chip";
import { CodeBlock } from "./code-block";
import { type Element, tableRows, textOf } from "./element-text";
import { useMarkdownPlugins } from "./markdown-plugins";
import { hasMath, toMathMarks } from "./math-marks";
import { SafeLink } from "./safe-link";
import { splitBlocks } from "./split-blocks";
import { TableBlock } from "./table-block";
import "./markdown.css";

const COMPONENTS: Components = {
  a: ({ href, children }) => <SafeLink href={href}>{children}</SafeLink>,
  // The page has one h1 and an h2 for each question; a model's headings lie below these.
  h1: "h3",
  h2: "h3",
  h3: "h3",
  h4: "h4",
  h5: "h5",
  h6: "h5",
  cite: ({ node }) => <CitationChip n={Number(node?.properties.n)} />,
  pre: ({ node, children }) => (
    <CodeBlock language={languageOf(node)} code={node ? textOf(node) : ""}>
      {children}
    </CodeBlock>
  ),
  ol: ({ start, children }) => <ol style={{ counterReset: `item ${Number(start ?? 1) - 1}` }}>{children}</ol>,
  table: ({ node, children }) => <TableBlock rows={node ? tableRows(node) : []}>{children}</TableBlock>,
};

interface MarkdownProps {
  text: string;
  /** The text still grows: what is cut off in the middle is closed for the moment. */
  live: boolean;
  /** Whether marks `[n]` refer to sources of an answer; in a document they are text. */
  citing?: boolean;
}

/** A model's Markdown: no HTML, no images, links with their host, marks `[n]` as citations. */
export default function Markdown({ text, live, citing = true }: MarkdownProps) {
  const blocks = useMemo(() => splitBlocks(text), [text]);
  const toBlock = (block: string, index: number) => {
    const isOpen = live && index === blocks.length - 1;
    return <Block key={blockKey(index)} citing={citing} text={isOpen ? closeOpenEnds(block) : block} />;
  };
  return (
    <div className="md" data-live={live || undefined}>
      {blocks.map(toBlock)}
    </div>
  );
}

/** A block's place is what it is known by: while a text grows, what is above its end stays. */
const blockKey = (index: number) => `block-${index}`;

const Block = memo(function Block({ text, citing }: { text: string; citing: boolean }) {
  const marked = useMemo(() => toMathMarks(text), [text]);
  const code = /^\s*(?:`{3,}|~{3,})\w/m.test(text);
  const plugins = useMarkdownPlugins({ citing, code, math: hasMath(marked) });
  return (
    <ReactMarkdown {...plugins} components={COMPONENTS}>
      {marked}
    </ReactMarkdown>
  );
});

/** A mark that is cut off is left out, other marks are closed, so that the text does not flicker. */
function closeOpenEnds(text: string): string {
  return remend(text.replace(/\s*\[\d{0,3}$/, ""), { linkMode: "text-only" });
}

function languageOf(pre: Element | undefined): string {
  const code = pre?.children.find((child) => child.type === "element");
  const classes = code?.type === "element" ? code.properties.className : undefined;
  const named = Array.isArray(classes)
    ? classes.find((name) => String(name).startsWith("language-"))
    : undefined;
  return named === undefined ? "" : String(named).slice("language-".length);
}
