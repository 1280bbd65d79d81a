import { useTranslations } from "next-intl";
import { type HiddenCount, splitHidden } from "@/lib/domain/hidden-characters";

/** A text with marks in the places of characters that nobody could see. */
export function HiddenText({ text }: { text: string }) {
  return splitHidden(text).map(({ text: piece, code }, index) =>
    code === null ? (
      piece
    ) : (
      <span
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change places
        key={index}
        className="mono mx-px whitespace-nowrap rounded-tag border border-warn-line bg-warn-bg px-1 text-label text-warn"
      >
        {withCount({ code, count: Array.from(piece).length })}
      </span>
    ),
  );
}

/** Which characters of a passage were hidden, and how often. */
export function HiddenNote({ hidden }: { hidden: readonly HiddenCount[] }) {
  const t = useTranslations("debug.retrieval");
  if (hidden.length === 0) return null;
  return (
    <p className="text-label text-warn">{t("hiddenNote", { list: hidden.map(withCount).join(", ") })}</p>
  );
}

function withCount({ code, count }: HiddenCount): string {
  return count === 1 ? code : `${code} × ${count}`;
}
