import type { Paragraph } from "mdast";
import { decodeText } from "./decode-text";
import type { ParsedText } from "./parsed-file";
import { toMarkdown } from "./to-markdown";

/** Plain text: paragraphs between empty lines; nothing in it is taken for Markdown. */
export function parseText(bytes: Uint8Array): ParsedText {
  const paragraphs = decodeText(bytes)
    .split(/(?:\r\n|\r|\n|\f)(?:[ \t]*(?:\r\n|\r|\n|\f))+/)
    .map((text) => text.trim())
    .filter((text) => text !== "");
  return { title: null, markdown: toMarkdown(paragraphs.map(toParagraph)), pages: [] };
}

function toParagraph(text: string): Paragraph {
  const value = text.replace(/[ \t]*(?:\r\n|\r|\n|\f)[ \t]*/g, "\n");
  return { type: "paragraph", children: [{ type: "text", value }] };
}
