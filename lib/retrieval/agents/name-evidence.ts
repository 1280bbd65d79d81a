/** What a passage has of either evidence when it has none: neither alone may rule a passage out. */
const NO_TEXT = 0.3;
const NO_NAMES = 0.01;
/** The weight of names that are as specific as can be, and how fast it falls with less specific ones. */
const NAME_WEIGHT = 2;
const NAME_POWER = 8;

/** What is known of one passage; both are in [0, 1], the best passage has 1. */
export interface Evidence {
  text: number;
  names: number;
}

/**
 * Score of a passage from its text and from the walk over names: the logarithms add up. `specificity` in
 * [0, 1] is that of the question's most specific name. Rare names are worth following; a question made of
 * common words is ranked by its text alone.
 */
export function evidenceScore({ text, names }: Evidence, specificity: number): number {
  const weight = NAME_WEIGHT * specificity ** NAME_POWER;
  return Math.log(NO_TEXT + text) + weight * Math.log(NO_NAMES + names);
}
