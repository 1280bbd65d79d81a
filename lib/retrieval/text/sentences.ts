const segmenter = new Intl.Segmenter(undefined, { granularity: "sentence" });

/** Start offsets of the sentences of a text, the first always 0 (also for an empty text). */
export function sentenceStarts(text: string): number[] {
  const starts = [...segmenter.segment(text)].map(({ index }) => index);
  return starts.length > 0 ? starts : [0];
}
