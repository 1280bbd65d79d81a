import { Readability } from "@mozilla/readability";
import { type CheerioAPI, load } from "cheerio/slim";
import { parseHTML } from "linkedom";
import { asBuffer } from "./as-buffer";
import { decodeText } from "./decode-text";
import { htmlBlocks } from "./html-blocks";
import { ParseError } from "./parse-error";
import type { ParsedText } from "./parsed-file";
import { toMarkdown } from "./to-markdown";
import { withTitle } from "./with-title";

/** Elements that are no text of the page, or lead away from it. */
const DROPPED = [
  "script, style, noscript, template, iframe, object, embed, svg, canvas, audio, video, dialog",
  "nav, body > header, body > footer, form, button, input, select, textarea",
  "[hidden], [aria-hidden=true], [role=navigation], [role=banner], [role=contentinfo], [role=search]",
].join(", ");
const MAX_DEPTH = 400;
/** Of the page's text; where the article has less, it is not the whole of what the page says. */
const LEAST_SHARE = 0.5;
const DECLARED = /<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]+)/i;

/** A web page's main content. Headings, tables, code and the text of links are kept. */
export function parseHtml(bytes: Uint8Array): ParsedText {
  const head = asBuffer(bytes.subarray(0, 4096)).toString("latin1");
  const page = load(decodeText(bytes, DECLARED.exec(head)?.[1] ?? null));
  refuseDeep(page);
  page(DROPPED).remove();
  removeAnchors(page);
  const declared = page(page("h1").length === 1 ? "h1" : "title")
    .first()
    .text();
  const { title, blocks } = withTitle(htmlBlocks(mainContent(page)), declared);
  return { title, markdown: toMarkdown(blocks), pages: [] };
}

/** What follows walks the tree by recursion. */
function refuseDeep(page: CheerioAPI): void {
  let level = page.root().contents();
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) throw new ParseError("too_complex", "The page is nested too deeply.");
    level = level.contents();
  }
}

/** Marks beside headings that link to the heading itself. */
function removeAnchors(page: CheerioAPI): void {
  page("h1 a, h2 a, h3 a, h4 a, h5 a, h6 a")
    .filter((_, anchor) => /^[\s#¶§🔗\u200b]*$/u.test(page(anchor).text()))
    .remove();
}

function mainContent(page: CheerioAPI): string {
  const { document } = parseHTML(page.html());
  const article = new Readability(document, { keepClasses: true }).parse();
  const whole = ["main", "[role=main]", "body"]
    .map((name) => page(name).first())
    .find(({ length }) => length > 0);
  const isWhole = (article?.length ?? 0) >= inkOf(whole?.text() ?? "") * LEAST_SHARE;
  return (isWhole ? article?.content : whole?.html()) ?? page.html();
}

function inkOf(text: string): number {
  return text.replace(/\s+/g, " ").length;
}
