import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { isUnsupported } from "@/lib/domain/citation-support";
import type { Citation, RunRecord } from "@/lib/domain/run-record";
import { findCited } from "./find-cited";
import "./support.css";

const NAME = "unsupported";

/** Underlines in the answer beside the panel what its passages do not say, and says so at the marks. */
export function UnsupportedMarks({ record: { request_id, citations } }: { record: RunRecord }) {
  const t = useTranslations("debug.support");
  const description = t("notSaid");
  useEffect(() => {
    if (!citations.some(isUnsupported)) return;
    let draw = 0;
    const drawSoon = () => {
      cancelAnimationFrame(draw);
      draw = requestAnimationFrame(() => markAnswer(request_id, citations, description));
    };
    drawSoon();
    // The answer may come later than the panel, or be shown in another version.
    const observer = new MutationObserver(drawSoon);
    const page = document.getElementById("conversation");
    if (page) observer.observe(page, { childList: true, subtree: true });
    return () => {
      observer.disconnect();
      cancelAnimationFrame(draw);
      clearMarks();
    };
  }, [request_id, citations, description]);
  return null;
}

function markAnswer(requestId: string, citations: readonly Citation[], description: string): void {
  clearMarks();
  const found = findCited(requestId, citations).filter(({ citation }) => isUnsupported(citation));
  for (const { mark } of found) mark.setAttribute("aria-description", description);
  if (!("highlights" in CSS)) return;
  CSS.highlights.set(NAME, new Highlight(...found.flatMap(({ range }) => range ?? [])));
}

function clearMarks(): void {
  for (const mark of document.querySelectorAll("[data-citation][aria-description]"))
    mark.removeAttribute("aria-description");
  if ("highlights" in CSS) CSS.highlights.delete(NAME);
}
