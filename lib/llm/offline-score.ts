import { matchTerm, toMatchable } from "./offline-match";
import { priorOf } from "./offline-priors";
import { type Query, SPECIFIC_WEIGHT, type Term } from "./offline-query";
import { type Section, type Unit, unitsOf } from "./offline-sections";

export interface ScoredUnit extends Unit {
  /** About 1 for a unit that holds every term of the question, more where its heading fits as well. */
  score: number;
  /** Share of the question's weight that stands in the unit itself. */
  coverage: number;
}

/** What a match is worth by where it stands: a heading says what its text is about. */
const IN_HEADING = 0.6;
const IN_TITLE = 0.4;
const IN_NEIGHBOUR = 0.25;
/** For a heading with all of the question in it. */
const HEADING_FITS = 0.4;
/** A heading that repeats a word of the text makes the match a little surer. */
const REPEATED = 0.2;
/** Below this share of the question's words no passage answers it: of two words both, of four two. */
const LEAST_COVERAGE = { fewTerms: 0.52, manyTerms: 0.45 };

/** How well each term, by its index, matches the parts of a section. */
interface MatchedSection {
  section: Section;
  heading: number[];
  title: number[];
  units: { unit: Unit; matches: number[] }[];
  /** The best of all these. */
  best: number[];
}

/** Scores every unit of the sections, best first. Empty where the passages do not answer the question. */
export function scoreUnits(query: Query, sections: readonly Section[]): ScoredUnit[] {
  const terms = [...query.own, ...query.earlier];
  const matched = sections.map((section) => matchSection(section, terms));
  if (!isAnswered(query, matched)) return [];
  const weights = terms.map((term, index) => term.weight * rarity(index, matched));
  return matched
    .flatMap((section) => scoreSection(section, { query, weights }))
    .sort((a, b) => b.score - a.score);
}

function matchSection(section: Section, terms: readonly Term[]): MatchedSection {
  const matchesIn = (text: string) => {
    const matchable = toMatchable(text);
    return terms.map((term) => matchTerm(term, matchable));
  };
  const heading = matchesIn(section.heading);
  const title = matchesIn(section.title);
  const units = unitsOf(section).map((unit) => ({ unit, matches: matchesIn(unit.text + headerOf(unit)) }));
  const all = [heading, title, ...units.map(({ matches }) => matches)];
  return { section, heading, title, units, best: terms.map((_, index) => highest(all, index)) };
}

/** A table's header names what its rows hold. */
function headerOf({ section, block }: Unit): string {
  const table = section.blocks[block];
  return table?.kind === "table" ? ` ${table.header.join(" ")}` : "";
}

function highest(rows: readonly number[][], index: number): number {
  return Math.max(0, ...rows.map((row) => row[index] ?? 0));
}

/** True where one passage holds enough of the question's own words; of the earlier ones where it has none. */
function isAnswered({ own, earlier }: Query, matched: readonly MatchedSection[]): boolean {
  const isSpecific = (term: Term) => term.weight >= SPECIFIC_WEIGHT;
  const terms = [...own, ...earlier];
  const asked = terms.map((term, index) =>
    own.some(isSpecific) ? index < own.length && isSpecific(term) : true,
  );
  const count = asked.filter(Boolean).length;
  const least = count > 2 ? LEAST_COVERAGE.manyTerms : LEAST_COVERAGE.fewTerms;
  const weights = terms.map((term, index) => (asked[index] ? term.weight : 0));
  return [...new Set(matched.map(({ section }) => section.n))].some((n) => {
    const rows = matched.filter(({ section }) => section.n === n).map(({ best }) => best);
    return shareOf(weights, (index) => highest(rows, index)) >= least;
  });
}

/** Inverse document frequency over the sections of the prompt, smoothed; 0 for a term in none of them. */
function rarity(index: number, matched: readonly MatchedSection[]): number {
  const holding = matched.filter(({ best }) => (best[index] ?? 0) > 0).length;
  return holding === 0 ? 0 : 0.5 + Math.log(1 + matched.length / holding);
}

function scoreSection(
  { heading, title, units }: MatchedSection,
  { query, weights }: { query: Query; weights: readonly number[] },
): ScoredUnit[] {
  const headed = shareOf(weights, (index) => heading[index] ?? 0);
  return units.map(({ unit, matches }, at) => {
    const neighbours = [units[at - 1]?.matches ?? [], units[at + 1]?.matches ?? []];
    const found = shareOf(weights, (index) => {
      const own = matches[index] ?? 0;
      const above = Math.max((heading[index] ?? 0) * IN_HEADING, (title[index] ?? 0) * IN_TITLE);
      const inherited = Math.max(above, highest(neighbours, index) * IN_NEIGHBOUR);
      return own > 0 ? Math.max(own + inherited * REPEATED, inherited) : inherited;
    });
    return {
      ...unit,
      score: found + HEADING_FITS * headed ** 2 + priorOf(unit, query),
      coverage: shareOf(weights, (index) => matches[index] ?? 0),
    };
  });
}

/** Share of a total weight that matches, by a measure of each index. */
function shareOf(weights: readonly number[], match: (index: number) => number): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const found = weights.reduce((sum, weight, index) => sum + weight * match(index), 0);
  return total === 0 ? 0 : found / total;
}
