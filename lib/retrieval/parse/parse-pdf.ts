import { getDocumentProxy } from "unpdf";
import { ParseError } from "./parse-error";
import type { ParsedText } from "./parsed-file";
import { PAGE_MARK, toBlocks } from "./pdf-blocks";
import { PdfCharacterMaps } from "./pdf-cmaps";
import { type TextLine, toLines } from "./pdf-lines";
import { withoutRunningLines } from "./pdf-running-lines";
import { toMarkdown } from "./to-markdown";
import { withTitle } from "./with-title";

const MAX_PAGES = 3_000;
/** Titles that programs write where the author gave none. */
const NO_TITLE = /^(untitled|无标题|未命名|document\d*|microsoft word\b.*|.*\.(docx?|pdf|indd|tex|html?))$/i;

/** What Markdown puts before the text of a heading or a list item. */
const BLOCK_MARK = /(?<![^\n])(?:#{1,6}|-) +$/;

type PdfDocument = Awaited<ReturnType<typeof getDocumentProxy>>;

/** A PDF's text with its headings, by their size, and the place where each page begins. */
export async function parsePdf(bytes: Uint8Array): Promise<ParsedText> {
  const document = await open(bytes);
  if (document.numPages > MAX_PAGES) {
    throw new ParseError("too_complex", `The PDF has more than ${MAX_PAGES} pages. Split it.`);
  }
  const pages: TextLine[][] = [];
  for (let page = 1; page <= document.numPages; page += 1) pages.push(await readPage(document, page));
  if (pages.every((lines) => lines.length === 0)) {
    throw new ParseError("no_text", "The PDF is a scan without text. Run text recognition (OCR) on it.");
  }
  const kept = withoutRunningLines(pages);
  const { title, blocks } = withTitle(toBlocks(kept), await declaredTitle(document));
  return { title: title?.replaceAll(PAGE_MARK, "") ?? null, ...takeMarks(toMarkdown(blocks), kept) };
}

async function open(bytes: Uint8Array): Promise<PdfDocument> {
  try {
    // Its reader takes the buffer away from whoever gave it, and takes no Buffer.
    return await getDocumentProxy(new Uint8Array(bytes), {
      verbosity: 0,
      cMapPacked: false,
      BinaryDataFactory: PdfCharacterMaps,
    });
  } catch (error) {
    const isLocked = error instanceof Error && error.name === "PasswordException";
    if (isLocked) throw new ParseError("encrypted", "The PDF asks for a password. Save it without one.");
    throw error;
  }
}

async function readPage(document: PdfDocument, page: number): Promise<TextLine[]> {
  const proxy = await document.getPage(page);
  const { items } = await proxy.getTextContent();
  const [, bottom = 0, , top = 0] = proxy.view;
  proxy.cleanup();
  return toLines(
    items.flatMap((item) => ("str" in item ? [item] : [])),
    { page, bottom, top },
  );
}

async function declaredTitle(document: PdfDocument): Promise<string | null> {
  const { info } = await document.getMetadata();
  const title: unknown = "Title" in info ? info.Title : null;
  return typeof title === "string" && !NO_TITLE.test(title.trim()) ? title : null;
}

/** Takes the marks out of the Markdown and says where they stood. Pages without text have none. */
function takeMarks(marked: string, pages: readonly TextLine[][]): Pick<ParsedText, "markdown" | "pages"> {
  const numbers = pages.flatMap(([first]) => (first ? [first.page] : []));
  const parts = marked.split(PAGE_MARK);
  let offset = 0;
  const starts = parts.slice(0, -1).map((part) => {
    offset += part.length;
    return offset - (BLOCK_MARK.exec(part)?.[0].length ?? 0);
  });
  return {
    markdown: parts.join(""),
    pages: starts.map((at, index) => ({ page: numbers[index] ?? index + 1, start: at })),
  };
}
