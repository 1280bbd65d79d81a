import { coverageOf, toMatchable } from "./offline-match";
import { type Intent, intentsOf, type Query } from "./offline-query";
import { isStep, type Unit } from "./offline-sections";
import { languageOf } from "./offline-words";

/** For the passage that retrieval put first; the others get less. */
const RANKED_FIRST = 0.12;
/** For the beginning of a section. */
const LEADS = 0.05;
/** For a sentence, which reads better than a row that says the same. */
const IS_SENTENCE = 0.06;
const SAME_LANGUAGE = 0.1;
/** For a row or an item that begins with all of the question. */
const LABEL_FITS = 0.15;
/** For a section whose heading asks for the same kind of answer: "How to …" under a question how to. */
const HEADING_ASKS = 0.1;
/** For a sentence that says what the thing in question is. */
const DEFINES = 0.25;
const TOO_SHORT = { characters: 12, penalty: 0.1 };

/** Words by which a sentence gives the kind of answer that is asked for. */
const INTENT_SIGNS: Partial<Record<Intent, { pattern: RegExp; prior: number }>> = {
  number: {
    pattern:
      /\d|[一二两三四五六七八九十百千]+[天年月次个小时日周]|\b(?:one|two|three|four|five|six|ten|twice|half)\b/i,
    prior: 0.12,
  },
  reason: {
    pattern: /\b(?:because|since|so that|due to|therefore|in order to)\b|因为|由于|因此|为了|所以/i,
    prior: 0.1,
  },
};

/** What speaks for a unit beside the words that it shares with the question. */
export function priorOf(unit: Unit, query: Query): number {
  const { section, text, kind } = unit;
  const rank = RANKED_FIRST / (1 + (section.n - 1) / 2);
  const lead = unit.block === 0 && unit.index === 0 ? LEADS : 0;
  const language = languageOf(text + section.heading) === query.language ? SAME_LANGUAGE : 0;
  const form = kind === "sentence" ? IS_SENTENCE : 0;
  const length = kind === "sentence" && text.length < TOO_SHORT.characters ? -TOO_SHORT.penalty : 0;
  return (
    rank +
    lead +
    language +
    form +
    length +
    LABEL_FITS * labelCoverage(unit, query) +
    intentPrior(unit, query)
  );
}

/** How much of the question a row or an item begins with: its first cell, its bold or code beginning. */
export function labelCoverage({ section, block, index, kind, text }: Unit, { own }: Query): number {
  const source = section.blocks[block];
  const cell = source?.kind === "table" ? source.rows[index]?.[0] : undefined;
  const beginning = kind === "item" ? /^(?:\*\*.+?\*\*|`[^`]+`)/.exec(text)?.[0] : undefined;
  return coverageOf(own, toMatchable(cell ?? beginning ?? ""));
}

function intentPrior(unit: Unit, { intents, own }: Query): number {
  const asked = intentsOf(unit.section.heading.split(" › ").at(-1) ?? "");
  let prior = [...intents].some((intent) => asked.has(intent)) ? HEADING_ASKS : 0;
  for (const intent of intents) {
    const sign = INTENT_SIGNS[intent];
    if (sign?.pattern.test(unit.text)) prior += sign.prior;
  }
  if (intents.has("steps") && (isStep(unit) || unit.kind === "code")) prior += 0.1;
  if (intents.has("list") && (unit.kind === "item" || unit.kind === "row")) prior += 0.06;
  if (intents.has("definition") && unit.kind === "sentence")
    prior += DEFINES * coverageOf(own, subjectOf(unit));
  return prior;
}

/** What a sentence of the form "X is …" speaks of; nothing for other sentences. */
function subjectOf({ text }: Unit) {
  return toMatchable(/^(.{1,60}?)(?: (?:is|are|was|were|means) |是|指)/.exec(text)?.[1] ?? "");
}
