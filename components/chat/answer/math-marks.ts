/**
 * What may be a formula, and what only looks like one: code, and a formula between `$$`, which are left as they
 * are; `\[…\]` on lines of its own; `\(…\)`; and `$…$` by pandoc's rule (no space inside of the dollars, no
 * digit behind them), so that "$5 and $10" stay prices and `$HOME:$PATH` a path.
 */
const PARTS =
  /(?<kept>(?:```|~~~)[\s\S]*?(?:```|~~~|(?![\s\S]))|`[^`\n]+`|\$\$[\s\S]*?(?:\$\$|(?![\s\S])))|^(?<indent>[ \t]*)\\\[(?<block>[\s\S]+?)\\\][ \t]*$|\\\((?<inline>[^\n]+?)\\\)|(?<![\\$A-Za-z0-9])\$(?<dollar>(?! )[^$\n`]*[^\s\\$`])\$(?![$A-Za-z0-9])/gm;

/** Writes every formula of a Markdown text between `$$`, whichever marks a model used. */
export function toMathMarks(text: string): string {
  if (!/[\\$]/.test(text)) return text;
  return text.replace(PARTS, (whole, ...rest) => {
    const { kept, indent = "", block, inline, dollar } = rest.at(-1);
    if (kept !== undefined) return whole;
    if (block === undefined) return `$$${(inline ?? dollar).trim()}$$`;
    const lines = block.trim().split("\n");
    return ["$$", ...lines.map((line: string) => line.trim()), "$$"].map((line) => indent + line).join("\n");
  });
}

/** Whether a text that `toMathMarks` has gone over has a formula. */
export function hasMath(text: string): boolean {
  return text.includes("$$");
}
