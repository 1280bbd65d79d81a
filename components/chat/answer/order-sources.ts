import type { Source } from "@/lib/events/chat-frame";

/** The sources that an answer cites, by their numbers, then the others: the order in which they are listed and read. */
export function orderSources(sources: readonly Source[], text: string): Source[] {
  const cited = ({ n }: Source) => text.includes(`[${n}]`);
  return [...sources.filter(cited), ...sources.filter((source) => !cited(source))];
}
