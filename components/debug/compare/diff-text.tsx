import { UnfoldVertical } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { foreignLanguage } from "@/components/chat/foreign-language";
import { cn } from "@/components/ui/cn";
import { Icon } from "@/components/ui/icon";
import type { TextDiff } from "@/lib/run-view/diff-texts";
import { formatCount } from "@/lib/run-view/format";
import { type FoldedPiece, foldDiff } from "./fold-diff";

export const ONLY_A =
  "rounded-bar bg-accent-bg text-fg0 underline decoration-1 decoration-accent underline-offset-[3px]";
export const ONLY_B = "rounded-bar bg-bg2 text-fg2 line-through";

/** Two texts in one: what only A has is underlined, what only B has is struck out, long common parts are folded. */
export function DiffText({ diff, className }: { diff: TextDiff; className?: string }) {
  const t = useTranslations("debug.compare");
  const folded = useMemo(() => foldDiff(diff.pieces), [diff]);
  const page = useLocale();
  const language = useMemo(() => foreignLanguage(toPlain(folded), page), [folded, page]);
  return (
    <>
      {diff.grain === "words" ? null : (
        <p className="mb-1 text-label text-warn">{t(`grain.${diff.grain}`)}</p>
      )}
      <div lang={language} className={cn("whitespace-pre-wrap break-words", className)}>
        {folded.map((piece, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one diff never change places
          <Piece key={index} piece={piece} />
        ))}
      </div>
    </>
  );
}

function Piece({ piece }: { piece: FoldedPiece }) {
  if (piece.kind === "same") return piece.text;
  if (piece.kind === "folded") return <Folded text={piece.text} />;
  return (
    <>
      {piece.b ? <del className={ONLY_B}>{piece.b}</del> : null}
      {piece.a && piece.b ? " " : null}
      {piece.a ? <ins className={ONLY_A}>{piece.a}</ins> : null}
    </>
  );
}

function Folded({ text }: { text: string }) {
  const t = useTranslations("debug.compare");
  const [open, setOpen] = useState(false);
  if (open) return text;
  return (
    <button
      type="button"
      onClick={() => setOpen(true)}
      className="mx-0.5 inline-flex items-center gap-1 whitespace-nowrap rounded-chip border border-line2 border-dashed px-1.5 align-baseline font-sans text-fg2 text-label hover:bg-bg2 hover:text-fg0 max-sm:min-h-8"
    >
      <Icon of={UnfoldVertical} size={10} />
      {t("unchanged", { n: formatCount(text.length) })}
    </button>
  );
}

function toPlain(pieces: readonly FoldedPiece[]): string {
  return pieces.map((piece) => (piece.kind === "changed" ? piece.a + piece.b : piece.text)).join("");
}
