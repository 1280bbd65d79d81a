import type { AnswerModel } from "./answer-model";

/** An answer to paste elsewhere: its Markdown, and what the marks `[n]` in it refer to. */
export function toMarkdown(answer: AnswerModel, sourcesTitle: string, origin: string): string {
  const cited = (answer.sources ?? []).filter(({ n }) => answer.text.includes(`[${n}]`));
  if (cited.length === 0) return answer.text;
  const lines = cited.map(({ n, title, heading, url }) => {
    const place = heading ? `${title} › ${heading}` : title;
    return `- [${n}] [${place.replaceAll("[", "(").replaceAll("]", ")")}](${new URL(url, origin).href})`;
  });
  return `${answer.text.trimEnd()}\n\n**${sourcesTitle}**\n\n${lines.join("\n")}\n`;
}
