"use client";

import { memo, useMemo } from "react";
import ReactMarkdown, { type Components, type ExtraProps, type Options } from "react-markdown";
import { harden } from "rehype-harden";
import remarkGfm from "remark-gfm";
import remend from "remend";
import { CitationChip } from "./citation-chip";
import { CodeBlock } from "./code-block";
import { remarkCitations } from "./remark-citations";
import { SafeLink } from "./safe-link";
import { splitBlocks } from "./split-blocks";
import { useHighlighter } from "./use-highlighter";
import "./markdown.css";

type Element = NonNullable<ExtraProps["node"]>;

const REMARK_PLUGINS: Options["remarkPlugins"] = [remarkGfm, remarkCitations];
// No image is allowed from anywhere: one in an answer could carry what the reader asked to its host.
const HARDEN: NonNullable<Options["rehypePlugins"]>[number] = [
  harden,
  {
    allowedLinkPrefixes: ["*"],
    allowedImagePrefixes: [],
    linkBlockPolicy: "text-only",
    imageBlockPolicy: "text-only",
  },
];
const COMPONENTS: Components = {
  a: ({ href, children }) => <SafeLink href={href}>{children}</SafeLink>,
  // The page has one h1 and an h2 for each question; a model's headings lie below these.
  h1: "h3",
  h2: "h3",
  h3: "h3",
  h4: "h4",
  h5: "h5",
  h6: "h5",
  img: ({ alt }) => <span>{alt}</span>,
  cite: ({ node }) => <CitationChip n={Number(node?.properties.n)} />,
  pre: ({ node, children }) => (
    <CodeBlock language={languageOf(node)} code={node ? textOf(node) : ""}>
      {children}
    </CodeBlock>
  ),
  ol: ({ start, children }) => <ol style={{ counterReset: `item ${Number(start ?? 1) - 1}` }}>{children}</ol>,
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled with the arrow keys
    <div tabIndex={0} className="overflow-x-auto">
      <table>{children}</table>
    </div>
  ),
};

interface MarkdownProps {
  text: string;
  /** The text still grows: what is cut off in the middle is closed for the moment. */
  live: boolean;
}

/** A model's Markdown: no HTML, no images, links with their host, marks `[n]` as citations. */
export default function Markdown({ text, live }: MarkdownProps) {
  const blocks = useMemo(() => splitBlocks(text), [text]);
  return (
    <div className="md" data-live={live || undefined}>
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a block's place is what it is known by
        <Block key={index} text={live && index === blocks.length - 1 ? closeOpenEnds(block) : block} />
      ))}
    </div>
  );
}

const Block = memo(function Block({ text }: { text: string }) {
  const highlighter = useHighlighter(/^\s*(?:`{3,}|~{3,})\w/m.test(text));
  const rehypePlugins = useMemo(() => (highlighter ? [highlighter, HARDEN] : [HARDEN]), [highlighter]);
  return (
    <ReactMarkdown remarkPlugins={REMARK_PLUGINS} rehypePlugins={rehypePlugins} components={COMPONENTS}>
      {text}
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

function textOf(element: Element): string {
  return element.children
    .map((child) => (child.type === "text" ? child.value : child.type === "element" ? textOf(child) : ""))
    .join("");
}
