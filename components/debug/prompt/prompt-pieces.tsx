import { useTranslations } from "next-intl";
import { useState } from "react";
import { cn } from "@/components/ui/cn";
import { formatCount } from "@/lib/run-view/format";
import type { TabViewProps } from "../tab-view";
import type { MessageView, PassageGroup, PromptBlock } from "./build-prompt-view";
import { ORIGIN_COLOR } from "./origin-color";
import { PromptText } from "./prompt-text";

type Highlight = Pick<
  TabViewProps,
  "highlightedPassageId" | "onHighlightPassage" | "selectedPassageId" | "onSelectPassage"
>;

/** The parts of a message in their order. */
export function PromptPieces({ pieces, ...highlight }: Highlight & { pieces: MessageView["pieces"] }) {
  return pieces.map((piece) =>
    "blocks" in piece ? (
      <Group key={piece.key} group={piece} {...highlight} />
    ) : (
      <Block key={piece.key} block={piece} {...highlight} />
    ),
  );
}

function Group({ group, ...highlight }: Highlight & { group: PassageGroup }) {
  const t = useTranslations("debug.prompt");
  const [open, setOpen] = useState(false);
  const pointedAt = group.blocks.some(({ passageId }) => passageId === highlight.highlightedPassageId);
  if (open) {
    return (
      <>
        <PromptPieces pieces={group.blocks} {...highlight} />
        <button
          type="button"
          aria-expanded
          onClick={() => setOpen(false)}
          className="-ml-2.5 block border-l-2 pl-2 text-left text-fg2 hover:text-accent hover:underline"
          style={{ borderColor: ORIGIN_COLOR.context }}
        >
          {t("fewer")}
        </button>
      </>
    );
  }
  return (
    <button
      type="button"
      aria-expanded={false}
      onClick={() => setOpen(true)}
      className={cn(
        "-ml-2.5 block border-l-2 pl-2 text-left text-fg2 hover:text-accent hover:underline",
        pointedAt && "bg-accent-bg",
      )}
      style={{ borderColor: ORIGIN_COLOR.context }}
    >
      [{group.first}] – [{group.last}]{"  "}
      {t("passages", { n: group.blocks.length, tokens: formatCount(group.tokens) })}
    </button>
  );
}

/** A passage is pointed at together with its citations and its row in the ranking. */
function Block({
  block,
  highlightedPassageId,
  onHighlightPassage,
  ...selection
}: Highlight & { block: PromptBlock }) {
  const { passageId, n, origin } = block;
  const point = (id: string | null) => passageId !== null && onHighlightPassage(id);
  return (
    <div
      title={`${origin} · ${formatCount(block.tokens)}`}
      data-marked={(passageId !== null && passageId === highlightedPassageId) || undefined}
      onPointerEnter={() => point(passageId)}
      onPointerLeave={() => point(null)}
      className={cn(
        "relative -ml-2.5 border-l-2 pl-2",
        passageId !== null && passageId === highlightedPassageId && "bg-accent-bg",
      )}
      style={{ borderColor: ORIGIN_COLOR[origin] }}
    >
      {n === null || passageId === null ? null : (
        <PassageMark n={n} passageId={passageId} onPoint={point} {...selection} />
      )}
      <PromptText clip={block} />
    </div>
  );
}

interface PassageMarkProps extends Pick<TabViewProps, "selectedPassageId" | "onSelectPassage"> {
  n: number;
  passageId: string;
  onPoint(id: string | null): void;
}

/** The number of a passage. Chosen, it stays marked wherever the passage is shown. */
function PassageMark({ n, passageId, onPoint, selectedPassageId, onSelectPassage }: PassageMarkProps) {
  const t = useTranslations("debug.prompt");
  const selected = passageId === selectedPassageId;
  return (
    <button
      type="button"
      aria-label={t("mark", { n })}
      aria-pressed={selected}
      onClick={() => onSelectPassage(selected ? null : passageId)}
      onFocus={() => onPoint(passageId)}
      onBlur={() => onPoint(null)}
      className="absolute top-0 -left-6 min-w-5 select-none text-right text-accent hover:underline aria-pressed:font-semibold"
    >
      [{n}]
    </button>
  );
}
