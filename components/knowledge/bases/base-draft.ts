import {
  KB_LIMITS,
  type KnowledgeBase,
  type KnowledgeBasePatch,
  kbPrefixSchema,
} from "@/lib/domain/knowledge-base";

/** A knowledge base as its form holds it. */
export interface BaseDraft {
  prefix: string;
  title: string;
  description: string;
  keywords: readonly string[];
  /** One question a line. */
  suggested: string;
}

/** What is wrong with a field; the page has a sentence for each. */
export type DraftProblem =
  | { code: "required" | "prefix" | "reserved" | "taken" }
  | { code: "tooLong" | "tooMany"; max: number };

type Problems = Record<keyof BaseDraft, DraftProblem | null>;

export function toDraft(base: KnowledgeBase | null): BaseDraft {
  if (!base) return { prefix: "", title: "", description: "", keywords: [], suggested: "" };
  const { prefix, title, description, keywords, suggested } = base;
  return { prefix, title, description, keywords, suggested: suggested.join("\n") };
}

export function fromDraft(draft: BaseDraft): KnowledgeBase {
  return {
    prefix: draft.prefix,
    title: draft.title.trim(),
    description: draft.description.trim(),
    keywords: [...draft.keywords],
    suggested: toLines(draft.suggested),
  };
}

/** What an edit changes: fields that were left alone keep what somebody else may have written meanwhile. */
export function changesOf(draft: BaseDraft, base: KnowledgeBase): KnowledgeBasePatch {
  const { prefix: _, ...texts } = fromDraft(draft);
  const changed = Object.entries(texts).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(base[field as keyof typeof texts]),
  );
  return Object.fromEntries(changed);
}

/** The same limits as the server's, so that its answer is no surprise. `taken` are the other prefixes. */
export function checkDraft(draft: BaseDraft, taken: readonly string[]): Problems {
  const lines = toLines(draft.suggested);
  return {
    prefix: checkPrefix(draft.prefix, taken),
    title: draft.title.trim() === "" ? { code: "required" } : tooLong(draft.title, KB_LIMITS.title),
    description: tooLong(draft.description, KB_LIMITS.description),
    keywords: tooMany(draft.keywords, KB_LIMITS.keywords) ?? longestOf(draft.keywords, KB_LIMITS.keyword),
    suggested: tooMany(lines, KB_LIMITS.suggested) ?? longestOf(lines, KB_LIMITS.question),
  };
}

function checkPrefix(prefix: string, taken: readonly string[]): DraftProblem | null {
  if (prefix === "") return { code: "required" };
  if (taken.includes(prefix)) return { code: "taken" };
  if (kbPrefixSchema.safeParse(prefix).success) return null;
  return { code: prefix === "auto" || prefix === "general" ? "reserved" : "prefix" };
}

function tooLong(text: string, max: number): DraftProblem | null {
  return text.trim().length > max ? { code: "tooLong", max } : null;
}

function tooMany(entries: readonly string[], max: number): DraftProblem | null {
  return entries.length > max ? { code: "tooMany", max } : null;
}

function longestOf(entries: readonly string[], max: number): DraftProblem | null {
  return entries.some((entry) => entry.length > max) ? { code: "tooLong", max } : null;
}

function toLines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

const MAX_PREFIX = 32;

/** A prefix out of a title: its Latin letters and digits, joined with dashes; may be empty. */
export function suggestPrefix(title: string): string {
  const words = title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "");
  return words.slice(0, MAX_PREFIX).replace(/-+$/, "");
}

/** The keywords in a text that was typed or pasted, each once and none that is there already. */
export function addKeywords(keywords: readonly string[], typed: string): string[] {
  const byKey = new Map(keywords.map((keyword) => [keyword.toLowerCase(), keyword]));
  for (const part of typed.split(/[,，、;；\n\t]/)) {
    const keyword = part.trim().replace(/\s+/g, " ");
    if (keyword !== "" && !byKey.has(keyword.toLowerCase())) byKey.set(keyword.toLowerCase(), keyword);
  }
  return [...byKey.values()];
}
