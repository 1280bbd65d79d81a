import { countHidden, type HiddenCount, withoutHidden } from "@/lib/domain/hidden-characters";
import type { FusedPassage } from "./fuse";

/** The ranking as models get it: without what its readers could not see. */
export function toReadable(ranking: readonly FusedPassage[]): FusedPassage[] {
  return ranking.map((fused) => {
    const { title, heading, text } = fused.passage;
    const readable = {
      title: withoutHidden(title),
      heading: withoutHidden(heading),
      text: withoutHidden(text),
    };
    return { ...fused, passage: { ...fused.passage, ...readable } };
  });
}

/** What was hidden in those passages of a ranking that are kept. */
export function hiddenIn(ranking: readonly FusedPassage[], kept: readonly FusedPassage[]): HiddenCount[] {
  const ids = new Set(kept.map(({ passage }) => passage.passage_id));
  return countHidden(
    ranking
      .filter(({ passage }) => ids.has(passage.passage_id))
      .flatMap(({ passage: { title, heading, text } }) => [title, heading, text]),
  );
}
