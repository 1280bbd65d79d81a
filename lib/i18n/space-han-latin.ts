const BOUNDARY =
  /(?<=\p{Script=Han})(?=[\p{Script=Latin}\p{Nd}])|(?<=[\p{Script=Latin}\p{Nd}])(?=\p{Script=Han})/gu;

/** Puts a half-width space between Chinese and Latin or digits, where a text was put together out of both. */
export function spaceHanLatin(text: string): string {
  return text.replace(BOUNDARY, " ");
}
