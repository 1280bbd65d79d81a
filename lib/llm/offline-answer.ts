import { type ParsedPassage, parsePrompt } from "@/lib/domain/prompt-format";
import { CONTINUE_PROMPT } from "@/lib/domain/system-prompt";
import type { ModelMessage } from "./language-model";
import { PHRASES } from "./offline-phrases";
import { parseQuery, type Query } from "./offline-query";
import { type ScoredUnit, scoreUnits } from "./offline-score";
import { toSections } from "./offline-sections";
import { selectUnits } from "./offline-select";
import { replyToSmallTalk } from "./offline-small-talk";
import { languageOf } from "./offline-words";
import { writeAnswer } from "./offline-write";

const MOST_TITLES = 3;

/**
 * Answers the last user message by quoting its passages, in Markdown with `[n]` behind each statement. A
 * pure function of the messages; it makes up nothing, and says so when the passages do not answer.
 */
export function composeAnswer(messages: readonly ModelMessage[]): string {
  const [written, last] = messages.slice(-2);
  const goesOn = written?.role === "assistant" && last?.content === CONTINUE_PROMPT;
  return goesOn ? rest(answer(messages.slice(0, -2)), written.content) : answer(messages);
}

/** What is left of an answer after its beginning; nothing where it began otherwise. */
function rest(whole: string, written: string): string {
  return whole.startsWith(written) ? whole.slice(written.length) : "";
}

function answer(messages: readonly ModelMessage[]): string {
  const last = messages.findLastIndex((message) => message.role === "user");
  const content = messages[last]?.content ?? "";
  const { passages, question, fit } = parsePrompt(content) ?? {
    passages: [],
    question: content,
    fit: "good",
  };
  if (question.trim() === "") return PHRASES[languageOf(content)].noQuestion;
  const smallTalk = replyToSmallTalk(question);
  if (smallTalk !== null) return smallTalk;
  if (fit === "poor") return PHRASES[languageOf(question)].notFound(nearestTitles(passages));
  return quote(passages, { question, earlier: messages.slice(0, last) });
}

function quote(
  passages: readonly ParsedPassage[],
  { question, earlier }: { question: string; earlier: readonly ModelMessage[] },
): string {
  const history = earlier.filter(({ role }) => role === "user").map(({ content }) => content);
  const query = parseQuery(question, history);
  const phrases = PHRASES[query.language];
  const scored = unsaid(scoreUnits(query, toSections(passages)), { query, earlier });
  const selection = selectUnits(query, scored);
  return selection ? writeAnswer(selection, phrases) : phrases.notFound(nearestTitles(passages));
}

/** "Tell me more" must not get the same sentences again. */
function unsaid(
  scored: ScoredUnit[],
  { query, earlier }: { query: Query; earlier: readonly ModelMessage[] },
): ScoredUnit[] {
  if (query.own.length > 0) return scored;
  const said = earlier.findLast(({ role }) => role === "assistant")?.content.replace(/\s?\[\d+\]/g, "") ?? "";
  return scored.filter((unit) => !said.includes(unit.text));
}

function nearestTitles(passages: readonly ParsedPassage[]): string[] {
  const titles = passages.map(({ title }) => title.trim()).filter(Boolean);
  return [...new Set(titles)].slice(0, MOST_TITLES);
}
