import { ArrowUpRight } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "@/components/ui/icon";

/**
 * A link out of a model's text. Its host is shown, since the text may promise another one. What is not an
 * absolute web or mail address (a path inside of a document, say) stays text.
 */
export function SafeLink({ href, children }: { href?: string | undefined; children?: ReactNode }) {
  const url = parseUrl(href);
  if (!url) return <span>{children}</span>;
  const host = url.protocol === "mailto:" ? url.pathname : url.host;
  return (
    <a
      href={url.href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="font-medium text-accent underline decoration-accent-line underline-offset-3 hover:decoration-accent"
    >
      {children}
      {textOf(children).includes(host) ? null : (
        <span className="font-normal text-[0.85em] text-fg2"> ({host})</span>
      )}
      <Icon of={ArrowUpRight} size={12} className="ml-0.5 inline-block! align-baseline" />
    </a>
  );
}

function parseUrl(href: string | undefined): URL | null {
  if (href === undefined || !URL.canParse(href)) return null;
  const url = new URL(href);
  return ["http:", "https:", "mailto:"].includes(url.protocol) ? url : null;
}

function textOf(node: ReactNode): string {
  if (typeof node === "string") return node;
  return Array.isArray(node) ? node.map(textOf).join("") : "";
}
