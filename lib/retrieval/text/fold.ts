/** Combining marks of Latin, Greek and Cyrillic letters; those of other scripts change the word. */
const ACCENTS = /[\u0300-\u036f]/g;

/**
 * One spelling for what a reader takes as the same character: full-width forms become plain ones and
 * accents go. Case is kept, since it marks the parts of identifiers.
 */
export function fold(text: string): string {
  return text.normalize("NFKD").replace(ACCENTS, "").normalize("NFC");
}
