import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { formatCount } from "@/lib/run-view/format";
import type { ClippedText } from "./clip-text";

/** Citation marks; and lines that only structure the prompt: fences and headings. */
const TELLING = /(\[\d{1,3}\]|^<\/?(?:passages?|question)\b[^\n]*>$|^#{1,6} [^\n]*$)/gm;

/** A text exactly as it is, its marks in colour and its structure in grey. */
function Marked({ text }: { text: string }): ReactNode {
  return text.split(TELLING).map((piece, index) => {
    const telling = index % 2 === 1;
    const tone = piece.startsWith("[") ? "font-medium text-accent" : "text-fg2";
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change places
      <span key={index} className={telling ? tone : undefined}>
        {piece}
      </span>
    );
  });
}

/** A text that is shown in part until somebody wants all of it. */
export function PromptText({ clip: { text, head, hiddenTokens } }: { clip: ClippedText }) {
  const t = useTranslations("debug.prompt");
  const [whole, setWhole] = useState(false);
  const clipped = hiddenTokens > 0;
  const label = whole ? t("less") : t("more", { n: formatCount(hiddenTokens) });
  return (
    <>
      <Marked text={whole ? text : head} />
      {clipped ? (
        <button
          type="button"
          aria-expanded={whole}
          onClick={() => setWhole(!whole)}
          className="select-none text-fg2 hover:text-accent hover:underline"
        >
          {whole && text.endsWith("\n") ? label : ` ${label}`}
        </button>
      ) : null}
    </>
  );
}
