"use client";

import type { Options } from "react-markdown";
import { harden } from "rehype-harden";
import remarkGfm from "remark-gfm";
import { createLazyHook } from "./create-lazy-hook";
import { remarkCitations } from "./remark-citations";
import { remarkImageLinks } from "./remark-image-links";

type Plugins = NonNullable<Options["remarkPlugins"]>;

// No image is allowed from anywhere: one in an answer could carry what the reader asked to its host.
const HARDEN: Plugins[number] = [
  harden,
  {
    allowedLinkPrefixes: ["*"],
    allowedImagePrefixes: [],
    linkBlockPolicy: "text-only",
    imageBlockPolicy: "text-only",
  },
];

/** The plugin that colours code, and those that read and set mathematics; null until they are here. */
const useHighlighter = createLazyHook(async () => (await import("rehype-highlight")).default);
const useMath = createLazyHook(async () => (await import("./math-plugins")).mathPlugins);

interface PluginNeeds {
  /** Marks `[n]` refer to sources of an answer. */
  citing: boolean;
  /** There is a block of code with a language. */
  code: boolean;
  math: boolean;
}

/** What turns Markdown into elements; the large parts come when the first text on the page needs them. */
export function useMarkdownPlugins({ citing, code, math }: PluginNeeds) {
  const highlighter = useHighlighter(code);
  const mathematics = useMath(math);
  const remark: Plugins = [remarkGfm, remarkImageLinks];
  if (mathematics) remark.push(mathematics.remark);
  if (citing) remark.push(remarkCitations);
  const rehype: Plugins = mathematics ? [...mathematics.rehype] : [];
  if (highlighter) rehype.push(highlighter);
  return { remarkPlugins: remark, rehypePlugins: [...rehype, HARDEN] };
}
