const QUALIFIER = /\s*[(（][^()（）]*[)）]\s*$/u;

/** A title without what tells it from its namesakes: "Mercury (planet)" → "Mercury". */
export function withoutQualifier(title: string): string {
  return title.replace(QUALIFIER, "") || title;
}
