import mammoth from "mammoth";
import { plainText } from "@/lib/retrieval/ingest/markdown";
import { asBuffer } from "./as-buffer";
import { htmlBlocks } from "./html-blocks";
import { ParseError } from "./parse-error";
import type { ParsedText } from "./parsed-file";
import { toMarkdown } from "./to-markdown";
import { guardZip } from "./unzip-guard";
import { belowTitle, withTitle } from "./with-title";

const CODE_STYLES = [
  "Code",
  "Source Code",
  "HTML Preformatted",
  "Preformatted Text",
  "Plain Text",
  "代码",
  "HTML 预设格式",
];
/** Names that Word's built-in styles have in documents of other programs, and styles of code. */
const STYLE_MAP = [
  ...[1, 2, 3, 4, 5, 6].map((depth) => `p[style-name='标题 ${depth}'] => h${depth}:fresh`),
  ...["Title", "标题"].map((style) => `p[style-name='${style}'] => h1.title:fresh`),
  ...CODE_STYLES.map((style) => `p[style-name='${style}'] => pre:separator('\\n')`),
];

const TITLE = /<h1 class="title">.*?<\/h1>/;

/** A Word document's text; pictures are not loaded. */
export async function parseDocx(bytes: Uint8Array): Promise<ParsedText> {
  const names = await guardZip(bytes);
  if (!names.some((name) => name.startsWith("word/"))) {
    throw new ParseError("mislabelled", "The name's ending is wrong: the content is no Word document.");
  }
  const { value } = await mammoth.convertToHtml(
    { buffer: asBuffer(bytes) },
    {
      styleMap: STYLE_MAP,
      externalFileAccess: false,
      convertImage: mammoth.images.imgElement(async () => ({ src: "" })),
    },
  );
  const declared = htmlBlocks(TITLE.exec(value)?.[0] ?? "")
    .map(plainText)
    .join("")
    .trim();
  const body = htmlBlocks(value.replace(TITLE, ""));
  const { title, blocks } = declared === "" ? withTitle(body, null) : belowTitle(body, declared);
  return { title, markdown: toMarkdown(blocks), pages: [] };
}
