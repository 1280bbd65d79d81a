"use client";

import { FileX, TriangleAlert } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Icon } from "@/components/ui/icon";
import type { CitedSource } from "@/lib/domain/cited-source";
import { type DiffPiece, diffTexts } from "@/lib/run-view/diff-texts";
import { toPlainText } from "../answer/to-plain-text";
import { foreignLanguage } from "../foreign-language";

/** Says what has become of a passage since the answer was made, and shows both texts where they differ. */
export function SourceChange({ source: { state, cited, passage } }: { source: CitedSource }) {
  const t = useTranslations("source");
  if (state === "same") return null;
  const then = toPlainText(cited.text);
  const now = passage && toPlainText(passage.text);
  const pieces = now !== null && cited.complete ? diffTexts(then, now).pieces : null;
  return (
    <section className="mb-3 grid gap-3 border-line border-b pb-4" aria-label={t(`state.${state}`)}>
      <p
        role="status"
        className="flex items-start gap-2 rounded-card border border-warn-line bg-warn-bg px-3 py-2 text-warn"
      >
        <Icon of={state === "changed" ? TriangleAlert : FileX} className="mt-0.5 flex-none" />
        {t(`state.${state}`)}
      </p>
      <TextBlock title={t("then")} text={then}>
        {pieces?.map((piece, index) => (
          <Before key={keyOf(piece, index)} piece={piece} />
        ))}
      </TextBlock>
      {cited.complete ? null : <p className="text-fg2 text-meta">{t("partial")}</p>}
      {now === null ? null : (
        <TextBlock title={t("now")} text={now}>
          {pieces?.map((piece, index) => (
            <After key={keyOf(piece, index)} piece={piece} />
          ))}
        </TextBlock>
      )}
    </section>
  );
}

/** The pieces of a comparison never change places. */
const keyOf = (piece: DiffPiece, index: number) => `${index}-${piece.kind}`;

function Before({ piece }: { piece: DiffPiece }) {
  if (piece.kind === "same") return piece.text;
  return piece.a ? <del className="rounded-bar bg-err-bg text-err">{piece.a}</del> : null;
}

function After({ piece }: { piece: DiffPiece }) {
  if (piece.kind === "same") return piece.text;
  return piece.b ? <ins className="rounded-bar bg-ok-bg text-ok">{piece.b}</ins> : null;
}

interface TextBlockProps {
  title: string;
  text: string;
  /** The text with its changes marked; the text itself where they are not known. */
  children: React.ReactNode;
}

function TextBlock({ title, text, children }: TextBlockProps) {
  const page = useLocale();
  return (
    <div>
      <h3 className="mb-1 font-medium text-fg2 text-meta">{title}</h3>
      <blockquote
        lang={foreignLanguage(text, page)}
        className="wrap-anywhere whitespace-pre-line border-line2 border-l-2 pl-2.5 text-fg1"
      >
        {children ?? text}
      </blockquote>
    </div>
  );
}
