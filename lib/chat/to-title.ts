const MAX_CHARACTERS = 60;

/** A conversation's title out of its first message: the first line, cut at a word where there is one. */
export function toTitle(message: string): string {
  const line = message.trim().split("\n", 1)[0]?.replace(/\s+/g, " ").trim() ?? "";
  if (line.length <= MAX_CHARACTERS) return line;
  const cut = line.slice(0, MAX_CHARACTERS);
  const space = cut.lastIndexOf(" ");
  return `${space > MAX_CHARACTERS / 2 ? cut.slice(0, space) : cut}…`;
}
