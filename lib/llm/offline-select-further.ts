import { toMatchable } from "./offline-match";
import type { ScoredUnit } from "./offline-score";
import type { Unit } from "./offline-sections";
import { endsOpen, pointsBack } from "./offline-sentences";

const MOST_FURTHER = 3;
const MOST_PASSAGES = 3;
/** A further fact speaks of the question by itself, not only by where it stands. */
const LEAST_COVERAGE = 0.5;
/** Share of the best unit's score: less is asked where that one left something open. */
const LEAST_SCORE = { afterWholeAnswer: 0.85, afterPart: 0.75 };

/** Facts from other places that are nearly as good, say something new, and can stand alone. */
export function selectFurther(
  units: readonly ScoredUnit[],
  { best, shown }: { best: ScoredUnit; shown: readonly Unit[] },
): Unit[] {
  const further: ScoredUnit[] = [];
  const share = best.coverage > 0.95 ? LEAST_SCORE.afterWholeAnswer : LEAST_SCORE.afterPart;
  const passages = new Set([best.section.n]);
  for (const unit of units) {
    if (further.length >= MOST_FURTHER || unit.score < best.score * share) break;
    if (!isQuotable(unit) || isBeside(unit, best)) continue;
    if ([...shown, ...further].some((other) => saysSame(unit, other))) continue;
    if (!passages.has(unit.section.n) && passages.size >= MOST_PASSAGES) continue;
    passages.add(unit.section.n);
    further.push(unit);
  }
  return further.sort((a, b) => a.section.n - b.section.n || a.block - b.block || a.index - b.index);
}

function isQuotable(unit: ScoredUnit): boolean {
  return (
    unit.coverage >= LEAST_COVERAGE && unit.kind !== "code" && !endsOpen(unit.text) && !pointsBack(unit.text)
  );
}

/** What was left out of the block that the answer is taken from was left out on purpose. */
function isBeside(unit: ScoredUnit, best: ScoredUnit): boolean {
  return unit.section === best.section && (unit.block === best.block || unit.kind === "item");
}

/** Most words of the shorter one are in the other. */
function saysSame(a: Unit, b: Unit): boolean {
  const [short, long] = [shinglesOf(a.text), shinglesOf(b.text)].sort((x, y) => x.size - y.size);
  if (!short || !long || short.size === 0) return true;
  return [...short].filter((shingle) => long.has(shingle)).length >= short.size * 0.7;
}

function shinglesOf(text: string): Set<string> {
  const shingles = new Set(toMatchable(text).stems);
  for (const [run] of text.matchAll(/\p{Script=Han}{2,}/gu)) {
    for (let at = 0; at + 2 <= run.length; at += 1) shingles.add(run.slice(at, at + 2));
  }
  return shingles;
}
