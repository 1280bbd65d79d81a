import { countHidden, type HiddenCount } from "@/lib/domain/hidden-characters";
import type { RankedPassage } from "@/lib/run-view/ranking";

/** What nobody could see in a passage, its title and heading included. */
export function hiddenOf(source: RankedPassage["source"]): HiddenCount[] {
  return source ? countHidden([source.title, source.heading, source.text]) : [];
}
