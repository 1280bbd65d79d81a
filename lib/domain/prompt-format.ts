/** A passage as it stands in the prompt; `[n]` in the answer refers to it. */
export interface PromptPassage {
  n: number;
  passage_id: string;
  title: string;
  heading: string;
  text: string;
}

/** What `parsePrompt` reads back: ids are not written into the prompt. */
export type ParsedPassage = Omit<PromptPassage, "passage_id">;

/**
 * How well the passages fit the question: poor where the search found little of it in any of them, so that
 * they are the nearest ones and probably no answer.
 */
export type ContextFit = "good" | "poor";

/** A stretch of the prompt in UTF-16 offsets; `passage_id` is null for the fence around the passages. */
export interface FormattedPart {
  origin: "context" | "question";
  passage_id: string | null;
  start: number;
  end: number;
  /** The stretch itself. */
  text: string;
}

/** Our own fences. */
const FENCE = String.raw`<(?=\s*\/?\s*(?:passage|question))`;
/**
 * What chat templates of models mark turns and roles with: `<|im_start|>`, `<｜User｜>`, `</s>`, `<<SYS>>`,
 * `<start_of_turn>`, `[INST]`. A server may read such a text as the mark itself.
 */
const ROLE_MARK = String.raw`<(?=[|｜]|\/?s>|<\/?SYS>|(?:start|end)_of_turn>|[be]os>)|\[(?=\/?(?:INST|SYSTEM_PROMPT)\])`;
const ESCAPED = "&(?:amp;)*(?:lt|#91);";
/** Anything that could be read as a fence or a turn, and anything that looks like an escaped one. */
const FENCE_LIKE = new RegExp(`${ESCAPED}|${FENCE}|${ROLE_MARK}`, "gi");
const ESCAPED_FENCE = new RegExp(ESCAPED, "gi");
const ATTRIBUTE_SPECIAL = new RegExp(`[&"<>\\n\\r]|${ROLE_MARK}`, "gi");
const PASSAGE = /<passage n="(\d+)" title="([^"]*)" heading="([^"]*)">\n([\s\S]*?)\n<\/passage>/g;
const QUESTION = /<question>\n([\s\S]*?)\n<\/question>/;

const OPENING: Readonly<Record<ContextFit, string>> = {
  good: "<passages>\n",
  poor: '<passages fit="poor">\n',
};

const ATTRIBUTE_ENTITIES: Readonly<Record<string, string>> = {
  "[": "&#91;",
  "&": "&amp;",
  '"': "&quot;",
  "<": "&lt;",
  ">": "&gt;",
  "\n": "&#10;",
  "\r": "&#13;",
};
const ATTRIBUTE_CHARACTERS = Object.fromEntries(
  Object.entries(ATTRIBUTE_ENTITIES).map(([character, entity]) => [entity, character]),
);

/**
 * Lays out the last user message: the passages in a fence of their own, then the question. Texts are escaped
 * where they could close or open a fence or a turn, so a document cannot break out of its passage. Without
 * passages only the question is fenced. `parts` cover the content from start to end without overlap.
 */
export function formatPrompt(input: {
  passages: readonly PromptPassage[];
  question: string;
  /** Good where not given. */
  fit?: ContextFit;
}): {
  content: string;
  parts: FormattedPart[];
} {
  const pieces: { origin: FormattedPart["origin"]; passageId: string | null; text: string }[] = [];
  if (input.passages.length > 0) {
    pieces.push({ origin: "context", passageId: null, text: OPENING[input.fit ?? "good"] });
    for (const passage of input.passages) {
      pieces.push({ origin: "context", passageId: passage.passage_id, text: formatPassage(passage) });
    }
    pieces.push({ origin: "context", passageId: null, text: "</passages>\n\n" });
  }
  const question = `<question>\n${escapeText(input.question)}\n</question>`;
  pieces.push({ origin: "question", passageId: null, text: question });

  let start = 0;
  const parts = pieces.map(({ origin, passageId, text }) => {
    const part = { origin, passage_id: passageId, start, end: start + text.length, text };
    start = part.end;
    return part;
  });
  return { content: pieces.map((piece) => piece.text).join(""), parts };
}

/** One passage in its fence, with the line break that ends it: the text whose tokens it costs. */
export function formatPassage(passage: ParsedPassage): string {
  const title = escapeAttribute(passage.title);
  const heading = escapeAttribute(passage.heading);
  const text = escapeText(passage.text);
  return `<passage n="${passage.n}" title="${title}" heading="${heading}">\n${text}\n</passage>\n`;
}

/** Reads a message that `formatPrompt` made; null when it holds no fenced question. */
export function parsePrompt(
  content: string,
): { passages: ParsedPassage[]; question: string; fit: ContextFit } | null {
  const question = QUESTION.exec(content);
  if (!question) return null;
  const context = content.slice(0, question.index);
  const passages = [...context.matchAll(PASSAGE)].map(([, n, title = "", heading = "", text = ""]) => ({
    n: Number(n),
    title: unescapeAttribute(title),
    heading: unescapeAttribute(heading),
    text: unescapeText(text),
  }));
  const fit = content.startsWith(OPENING.poor) ? "poor" : "good";
  return { passages, question: unescapeText(question[1] ?? ""), fit };
}

/** Only fences and marks are escaped: a model reads code and HTML in a passage as they were written. */
function escapeText(text: string): string {
  return text.replace(FENCE_LIKE, (match) => {
    if (match === "<") return "&lt;";
    return match === "[" ? "&#91;" : `&amp;${match.slice(1)}`;
  });
}

function unescapeText(text: string): string {
  return text.replace(ESCAPED_FENCE, (match) => {
    if (match.toLowerCase() === "&lt;") return "<";
    return match === "&#91;" ? "[" : `&${match.slice("&amp;".length)}`;
  });
}

function escapeAttribute(value: string): string {
  return value.replace(ATTRIBUTE_SPECIAL, (character) => ATTRIBUTE_ENTITIES[character] ?? character);
}

function unescapeAttribute(value: string): string {
  return value.replace(
    /&(?:amp|quot|lt|gt|#10|#13|#91);/g,
    (entity) => ATTRIBUTE_CHARACTERS[entity] ?? entity,
  );
}
