import type { Citation } from "@/lib/domain/run-record";
import { sentenceStart, shownLength } from "./sentence-start";

/** A citation where the page shows it. */
export interface ShownCitation {
  citation: Citation;
  /** Its mark. */
  mark: HTMLElement;
  /** The sentence before it. */
  range: Range | null;
}

/** The citations of an answer in the page, as far as it shows them in their order. */
export function findCited(requestId: string, citations: readonly Citation[]): ShownCitation[] {
  const button = document.querySelector(`[data-debug-for="${CSS.escape(requestId)}"]`);
  const marks = [...(button?.closest("article")?.querySelectorAll<HTMLElement>("[data-citation]") ?? [])];
  const waiting = citations.toSorted((a, b) => a.start - b.start);
  return marks.flatMap((mark) => {
    const [citation] = waiting;
    // A number that no passage has is a mark in the answer and no citation.
    if (!citation || mark.dataset.citation !== String(citation.n)) return [];
    waiting.shift();
    return { citation, mark, range: rangeBefore(mark, citation.sentence) };
  });
}

/** Stands before each mark and keeps it on the line of its sentence. */
const WORD_JOINER = "\u2060";
const BLOCK = "p, li, td, th, dd, dt, blockquote, h1, h2, h3, h4, h5, h6";

function rangeBefore(mark: HTMLElement, sentence: string): Range | null {
  const block = mark.closest(BLOCK);
  if (!block) return null;
  const texts = textsBefore(mark, block);
  const last = texts.at(-1);
  if (!last) return null;
  const start = sentenceStart(texts.map(({ data }) => data).join(""), shownLength(sentence));
  const range = document.createRange();
  let offset = start;
  const first = texts.find(({ length }) => {
    if (offset < length) return true;
    offset -= length;
    return false;
  });
  range.setStart(first ?? last, first ? offset : last.length);
  range.setEnd(last, last.length);
  return range;
}

/** The block's texts before a mark, those of other marks left out. */
function textsBefore(mark: HTMLElement, block: Element): Text[] {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  for (let node = walker.nextNode(); node && !mark.contains(node); node = walker.nextNode()) {
    const before = mark.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING;
    if (!before || !(node instanceof Text) || node.parentElement?.closest("[data-citation]")) continue;
    if (node.data !== WORD_JOINER) texts.push(node);
  }
  return texts;
}
