import { coverageOf, toMatchable } from "./offline-match";
import { labelCoverage } from "./offline-priors";
import type { Query } from "./offline-query";
import type { ScoredUnit } from "./offline-score";
import { isStep, type Unit, unitsOf } from "./offline-sections";
import { selectFurther } from "./offline-select-further";
import { endsOpen, pointsBack } from "./offline-sentences";
import { hasChinese, languageOf } from "./offline-words";

/** What the answer is made of: pieces of one section in the order of the text, and facts from elsewhere. */
export interface Selection {
  /** Sentences that introduce the main units; none when those are sentences themselves. */
  lead: Unit[];
  /** All of one block. */
  main: Unit[];
  /** The block that the last main sentence introduces. */
  after: Unit[];
  further: Unit[];
}

const MOST_SENTENCES = 3;
const MOST_ROWS = 8;
const MOST_ITEMS = 12;

/** Picks what to quote from the scored units, best first; null where nothing is worth quoting. */
export function selectUnits(query: Query, scored: readonly ScoredUnit[]): Selection | null {
  const units = preferLanguage(query, scored);
  const top = units.find((unit) => !endsOpen(unit.text)) ?? units[0];
  if (!top) return null;
  const isFitting = isUnderFittingHeading(top, query);
  const isOnlyHeaded = isFitting && (top.coverage < 0.34 || top.kind === "code");
  const best = isOnlyHeaded ? (firstOf(top, units) ?? top) : top;
  const choice: Choice = {
    best,
    units: units.filter((unit) => unit.section === best.section),
    query,
    isFitting,
  };
  const { lead, main, after } = mainOf(choice);
  return { lead, main, after, further: selectFurther(units, { best, shown: [...lead, ...main, ...after] }) };
}

/** One language in one answer: the question's, where a passage in it answers nearly as well. */
function preferLanguage(query: Query, scored: readonly ScoredUnit[]): readonly ScoredUnit[] {
  const same = scored.filter((unit) => languageOf(unit.text + unit.section.heading) === query.language);
  const wins = (same[0]?.score ?? 0) >= 0.6 * (scored[0]?.score ?? 0);
  if (wins) return same;
  return scored.filter((unit) => hasChinese(unit.text) === hasChinese(scored[0]?.text ?? ""));
}

/** What was found by its heading alone begins where the section begins. */
function firstOf(top: ScoredUnit, units: readonly ScoredUnit[]): ScoredUnit | undefined {
  return units.find((unit) => unit.section === top.section && unit.block === 0 && unit.index === 0);
}

interface Choice {
  best: ScoredUnit;
  /** Units of the best unit's section, best first. */
  units: readonly ScoredUnit[];
  query: Query;
  /** True where the section's heading is what the question is about. */
  isFitting: boolean;
}

function mainOf(choice: Choice): Omit<Selection, "further"> {
  const { best, units } = choice;
  const block = units.filter((unit) => unit.block === best.block).sort((a, b) => a.index - b.index);
  switch (best.kind) {
    case "sentence":
      return sentencesAround(block, choice);
    case "item": {
      const main = itemsOf(block, choice);
      return { lead: leadOf(main, choice), main, after: [] };
    }
    case "row": {
      const main = rowsOf(block, choice);
      return { lead: leadOf(main, choice), main, after: [] };
    }
    case "code":
      return { lead: leadOf([best], choice), main: [best], after: [] };
  }
}

/** The best sentence, the one it points back to, and those after it that go on about the same. */
function sentencesAround(block: readonly ScoredUnit[], choice: Choice): Omit<Selection, "further"> {
  const { best, isFitting } = choice;
  const chosen = new Set<ScoredUnit>([best]);
  const previous = block.find((unit) => unit.index === best.index - 1);
  if (previous && pointsBack(best.text)) chosen.add(previous);
  let last = best.index;
  for (const unit of block) {
    if (chosen.size >= MOST_SENTENCES || chosen.has(unit) || endsOpen(unit.text)) continue;
    const follows = unit.index === last + 1;
    const threshold = follows && isFitting ? 0.3 : 0.75;
    if (unit.score < best.score * threshold || (!follows && pointsBack(unit.text))) continue;
    chosen.add(unit);
    if (follows) last = unit.index;
  }
  const after = blockBelow(block, chosen, choice);
  const closing = block.at(-1);
  if (after.length > 0 && closing && endsOpen(closing.text)) chosen.add(closing);
  return { lead: [], main: block.filter((unit) => chosen.has(unit)), after };
}

/** The list, table or code below a paragraph, where the paragraph introduces it or it holds the steps asked for. */
function blockBelow(
  block: readonly ScoredUnit[],
  chosen: ReadonlySet<ScoredUnit>,
  { best, units, query, isFitting }: Choice,
): Unit[] {
  const closing = block.at(-1);
  const next = best.section.blocks[best.block + 1];
  if (!closing || !next || next.kind === "prose") return [];
  const below = unitsOf(best.section).filter((unit) => unit.block === best.block + 1);
  const isSteps = query.intents.has("steps") && (next.kind === "code" || isStep(below[0]));
  if (!endsOpen(closing.text)) return isFitting && isSteps ? below.slice(0, MOST_ITEMS) : [];
  const isAsked = isFitting || isSteps || query.intents.has("list") || chosen.has(closing);
  const score = Math.max(...units.filter((unit) => unit.block === best.block + 1).map((unit) => unit.score));
  return isAsked || score >= best.score * 0.7 ? below.slice(0, MOST_ITEMS) : [];
}

/** Steps stay together; of a list without numbers only what fits, unless the list as a whole is asked for. */
function itemsOf(block: readonly ScoredUnit[], { best, query, isFitting }: Choice): ScoredUnit[] {
  const isAsked = query.intents.has("list") || (isStep(best) && query.intents.has("steps"));
  const isWhole = isFitting || (isAsked && best.coverage >= 0.5);
  return block.filter((unit) => isWhole || unit.score >= best.score * 0.7).slice(0, MOST_ITEMS);
}

/** The rows that fit as well as the best one; all of them when the table as a whole is asked for. */
function rowsOf(block: readonly ScoredUnit[], { best, query, isFitting }: Choice): ScoredUnit[] {
  const isWhole = isFitting && query.intents.has("list") && labelCoverage(best, query) < 0.6;
  return block.filter((unit) => isWhole || unit.score >= best.score * 0.85).slice(0, MOST_ROWS);
}

/** What stands before a list, a table or code: its introduction, or the beginning of a section that fits. */
function leadOf(main: readonly Unit[], { best, units, isFitting }: Choice): Unit[] {
  const before = units
    .filter((unit) => unit.block === best.block - 1 && unit.kind === "sentence")
    .sort((a, b) => a.index - b.index);
  const closing = before.at(-1);
  if (!closing || main.length === 0) return [];
  const isWhole = main.length > 1 || best.kind === "code";
  if (endsOpen(closing.text) && isWhole) return isFitting ? before.slice(-MOST_SENTENCES) : [closing];
  const fits = before.filter((unit) => unit.score >= best.score * 0.6 && !endsOpen(unit.text));
  return isFitting ? fits.slice(0, MOST_SENTENCES) : [];
}

/** True where the heading holds most of what the question is about: then the section is the answer. */
function isUnderFittingHeading({ section }: Unit, { own, earlier }: Query): boolean {
  return coverageOf([...own, ...earlier], toMatchable(section.heading)) >= 0.5;
}
