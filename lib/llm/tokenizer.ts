import { LRUCache } from "lru-cache";
import type { Tokenizer } from "./language-model";

type Count = (text: string) => number;
type Encoding = "o200k_base" | "cl100k_base";

/** Models of the family before GPT-4o; everything later, and every unknown model, is counted as GPT-4o. */
const CL100K_MODELS = /^(?:gpt-4(?!o|\.\d)|gpt-3\.5|text-embedding-)/;
/** A run without a break is merged in quadratic time; cut up, its count is off by a token per cut at most. */
const LONGEST_RUN = 128;
const LONG_RUN = new RegExp(
  `[\\p{L}\\p{M}]{${LONGEST_RUN},}|\\s{${LONGEST_RUN},}|[^\\s\\p{L}\\p{M}\\p{N}]{${LONGEST_RUN},}`,
  "gu",
);
/** Characters that are counted; a longer text is extrapolated from its first part. */
const LONGEST_TEXT = 400_000;
/** What was counted lately comes again with the next question: instructions, passages, earlier turns. About 2 MB. */
const KEPT_CHARACTERS = 1_000_000;
const LONGEST_KEPT = 20_000;
/** What a count takes beside its text, in characters. */
const COUNT_OVERHEAD = 64;

const loaded = new Map<Encoding, Count>();
const loading = new Map<Encoding, Promise<void>>();

/** Loads the vocabulary that a model's tokens are counted with, once per process (about 0.2 s). */
export function loadTokenizer(model: string): Promise<void> {
  const encoding = encodingOf(model);
  const running = loading.get(encoding) ?? load(encoding);
  loading.set(encoding, running);
  return running;
}

/**
 * Tokenizer of a model. Exact for OpenAI's models, an estimate for others. Counts from `loadTokenizer`
 * on; before that it estimates from the number of bytes.
 */
export function createTokenizer(model: string): Tokenizer {
  const encoding = encodingOf(model);
  return {
    count(text) {
      const count = loaded.get(encoding);
      return count ? count(text) : Math.ceil(Buffer.byteLength(text) / 4);
    },
  };
}

function encodingOf(model: string): Encoding {
  return CL100K_MODELS.test(model) ? "cl100k_base" : "o200k_base";
}

async function load(encoding: Encoding): Promise<void> {
  const { countTokens } =
    encoding === "o200k_base"
      ? await import("gpt-tokenizer/encoding/o200k_base")
      : await import("gpt-tokenizer/encoding/cl100k_base");
  // Documents may hold the text of special tokens; it is text like any other.
  const plain = { disallowedSpecial: new Set<string>() };
  loaded.set(
    encoding,
    keepCounts((text) => countBounded(text, (part) => countTokens(part, plain))),
  );
}

function keepCounts(count: Count): Count {
  const kept = new LRUCache<string, number>({
    maxSize: KEPT_CHARACTERS,
    maxEntrySize: LONGEST_KEPT,
    sizeCalculation: (_, text) => text.length + COUNT_OVERHEAD,
    memoMethod: count,
  });
  return (text) => kept.memo(text);
}

function countBounded(text: string, count: Count): number {
  if (text.length <= LONGEST_TEXT) return countRuns(text, count);
  return Math.ceil((countRuns(text.slice(0, LONGEST_TEXT), count) * text.length) / LONGEST_TEXT);
}

/** Counts the text with its long runs cut into pieces. */
function countRuns(text: string, count: Count): number {
  let tokens = 0;
  let from = 0;
  for (const run of text.matchAll(LONG_RUN)) {
    tokens += count(text.slice(from, run.index));
    from = run.index + run[0].length;
    for (let at = run.index; at < from; at += LONGEST_RUN) {
      tokens += count(text.slice(at, Math.min(at + LONGEST_RUN, from)));
    }
  }
  return tokens + count(text.slice(from));
}
