import { MoveDown, MoveUp } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Icon } from "@/components/ui/icon";
import type { LonePassage, PassageComparison, SharedPassage } from "@/lib/run-view/compare-passages";
import { SectionHeading } from "../section-heading";
import { SideMark } from "./side-mark";

interface PassageColumnsProps {
  passages: PassageComparison;
  highlightedPassageId: string | null;
  onHighlightPassage(id: string | null): void;
}

/** Which passages only one of the two prompts has, and which stand in both. */
export function PassageColumns({ passages, ...highlight }: PassageColumnsProps) {
  const t = useTranslations("debug.compare");
  const { count_a, count_b, only_in_a, only_in_b, in_both } = passages;
  const alike = only_in_a.length + only_in_b.length === 0;
  return (
    <section className="border-line border-b">
      <SectionHeading title={t("passages")} detail={`${count_a} / ${count_b}`} className="pb-0.5!" />
      {alike ? null : (
        <div className="grid grid-cols-2 @max-[480px]/debug:grid-cols-1">
          <Column side="a" passages={only_in_a} {...highlight} />
          <Column side="b" passages={only_in_b} {...highlight} />
        </div>
      )}
      {in_both.length > 0 ? <Shared passages={in_both} {...highlight} /> : null}
    </section>
  );
}

type Highlight = Pick<PassageColumnsProps, "highlightedPassageId" | "onHighlightPassage">;

function Column({
  side,
  passages,
  ...highlight
}: Highlight & { side: "a" | "b"; passages: readonly LonePassage[] }) {
  const t = useTranslations("debug.compare");
  return (
    <div className="min-w-0 px-3 pb-1 last:border-line last:border-l @max-[480px]/debug:last:border-t @max-[480px]/debug:last:border-l-0">
      <h4 className="flex h-7 items-center gap-1.5 font-medium text-fg1 text-meta">
        <SideMark side={side} />
        {t(side === "a" ? "onlyInA" : "onlyInB")}
        <span className="font-normal text-fg2 tabular-nums">{passages.length}</span>
      </h4>
      <ul>
        {passages.map((passage) => (
          <PassageLine key={passage.passage_id} passage={passage} {...highlight}>
            {passage.cited ? <Badge tone="accent">{t("cited", { n: passage.n })}</Badge> : null}
            <Badge>{t(`elsewhere.${passage.elsewhere}`)}</Badge>
          </PassageLine>
        ))}
      </ul>
    </div>
  );
}

function Shared({ passages, ...highlight }: Highlight & { passages: readonly SharedPassage[] }) {
  const t = useTranslations("debug.compare");
  const moved = passages.filter((passage) => passage.moved).length;
  return (
    <details className="group border-line border-t">
      <summary className="flex min-h-7 items-center gap-1.5 px-3 text-fg1 text-meta hover:bg-bg1 max-sm:min-h-9">
        {t("inBoth")} <span className="text-fg2 tabular-nums">{passages.length}</span>
        {moved > 0 ? <span className="text-fg2">· {t("moved", { n: moved })}</span> : null}
        <span className="min-w-0 truncate text-fg2 group-open:hidden">
          {passages.map(nameOf).join(" · ")}
        </span>
      </summary>
      <ul className="px-3 pb-2">
        {passages.map((passage) => (
          <PassageLine key={passage.passage_id} passage={{ ...passage, n: passage.n_a }} {...highlight}>
            {passage.moved ? <Move passage={passage} /> : null}
          </PassageLine>
        ))}
      </ul>
    </details>
  );
}

/** From its place in B to its place in A. */
function Move({ passage: { n_a, n_b } }: { passage: SharedPassage }) {
  const t = useTranslations("debug.compare");
  return (
    <Badge>
      <Icon of={n_a < n_b ? MoveUp : MoveDown} size={10} />
      <span className="sr-only">{t("movedFrom", { a: n_a, b: n_b })}</span>
      <span aria-hidden>
        {n_b} → {n_a}
      </span>
    </Badge>
  );
}

/** Passages of one document share its title; what tells them apart is the end of their heading. */
function nameOf({ title, heading }: { title: string; heading: string }): string {
  return heading.split(" › ").at(-1) || title;
}

interface PassageLineProps extends Highlight {
  passage: { passage_id: string; title: string; heading: string; n: number };
  children?: ReactNode;
}

function PassageLine({ passage, highlightedPassageId, onHighlightPassage, children }: PassageLineProps) {
  const { passage_id, n } = passage;
  return (
    <li
      title={[passage.title, passage.heading].filter(Boolean).join(" › ")}
      onPointerEnter={() => onHighlightPassage(passage_id)}
      onPointerLeave={() => onHighlightPassage(null)}
      className="-mx-1 flex min-h-6 items-center gap-2 rounded-chip px-1 data-[on]:bg-bg2"
      data-on={passage_id === highlightedPassageId || undefined}
    >
      <span className="w-5 flex-none text-right text-fg2 text-label tabular-nums">{n}</span>
      <span className="min-w-0 flex-1 truncate">{nameOf(passage)}</span>
      {children}
    </li>
  );
}
