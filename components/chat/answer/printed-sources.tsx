"use client";

import { useMediaQuery } from "@/components/ui/use-media-query";
import type { Source } from "@/lib/events/chat-frame";

/** The sources as paper needs them: all of them, by number, with their addresses. */
export function PrintedSources({ sources }: { sources: readonly Source[] }) {
  const printing = useMediaQuery("print", false);
  if (!printing) return null;
  return (
    <ul>
      {sources.map(({ n, title, heading, url }) => (
        <li key={n} className="break-inside-avoid">
          <span className="tabular-nums">[{n}]</span> <span className="font-medium">{title}</span>
          {heading && heading !== title ? ` · ${heading}` : null}
          <span className="block wrap-anywhere text-fg2 text-meta">
            {new URL(url, window.location.origin).href}
          </span>
        </li>
      ))}
    </ul>
  );
}
