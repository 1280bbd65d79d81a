"use client";

import { useSyncExternalStore } from "react";
import type { Options } from "react-markdown";

type Plugin = NonNullable<Options["rehypePlugins"]>[number];

const listeners = new Set<() => void>();
let plugin: Plugin | null = null;
let loading = false;

async function load(): Promise<void> {
  loading = true;
  const { default: rehypeHighlight } = await import("rehype-highlight");
  plugin = rehypeHighlight;
  for (const notify of listeners) notify();
}

function subscribe(notify: () => void): () => void {
  listeners.add(notify);
  if (!loading) void load().catch(() => undefined);
  return () => listeners.delete(notify);
}
const nothing = () => () => undefined;

/**
 * The plugin that colours code, fetched when the first block of code with a language is on the page; null
 * until it is here, and code is plain then.
 */
export function useHighlighter(wanted: boolean): Plugin | null {
  return useSyncExternalStore(
    wanted ? subscribe : nothing,
    () => (wanted ? plugin : null),
    () => null,
  );
}
