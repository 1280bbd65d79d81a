import { MASK } from "@/lib/domain/mask";
import { redactionOf } from "./redaction-slot";

/** One kind of secret. */
interface SecretShape {
  /** In every text that has one of these; cheap to look for, since nearly no text has any. */
  hint: RegExp;
  secret: RegExp;
}

/**
 * What is masked by default: private keys, bearer and provider keys, JSON web tokens, `name=value` pairs
 * whose name says secret, passwords in addresses, e-mail addresses, card and phone numbers. A pattern begins where a word begins and
 * looks back over a few blanks only, so that no text takes more than time in proportion to its length.
 */
export const secretShapes: readonly SecretShape[] = [
  {
    hint: /-----BEGIN/,
    secret: /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  },
  { hint: /[spr]k-/, secret: /\b(?:sk|pk|rk)-[A-Za-z0-9_-]{8,}/g },
  {
    hint: /ghp|gho|ghs|ghu|github_pat|glpat|xox/,
    secret: /\b(?:ghp|gho|ghs|ghu|github_pat|glpat|xox[abpr])[-_][A-Za-z0-9_-]{10,}/g,
  },
  { hint: /AKIA/, secret: /\bAKIA[0-9A-Z]{16}\b/g },
  {
    hint: /eyJ/,
    secret: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g,
  },
  { hint: /bearer\s/i, secret: /(?<=\bBearer\s{1,8})[A-Za-z0-9._~+/=-]{8,}/gi },
  {
    hint: /(?:key|secret|password|passwd|token)["']?\s{0,8}[:=]/i,
    secret:
      /(?<=\b(?:api[_-]?key|secret|password|passwd|token|access[_-]?key)["']?\s{0,8}[:=]\s{0,8}["']?)[^\s"',;<>]{6,}/gi,
  },
  { hint: /:\/\//, secret: /(?<=:\/\/[^\s:/@]+:)[^\s@/]+(?=@)/g },
  {
    hint: /@/,
    secret: /(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}\b/g,
  },
  { hint: /(?:\d[ -]?){12}/, secret: /(?<![\w.-])(?:\d[ -]?){12,18}\d(?![\w-])/g },
  {
    hint: /\+\d/,
    secret: /(?<![\w.+-])(?:\+\d{1,3}[ -]?)(?:\(?\d{1,4}\)?[ -]?){2,4}\d{2,4}(?![\w-])/g,
  },
  { hint: /1[3-9]\d{9}/, secret: /(?<![\w.-])1[3-9]\d{9}(?![\w-])/g },
];

/** A stretch of the original that was replaced. */
interface Cut {
  start: number;
  end: number;
}

export interface MaskedText {
  text: string;
  /** Where an offset of the original is in the masked text; inside a masked stretch: its start. */
  mapOffset(offset: number): number;
}

/** Masks one text. Overlapping matches become one mask. */
export function maskText(original: string): MaskedText {
  const cuts = findCuts(original);
  if (cuts.length === 0) return { text: original, mapOffset: (offset) => offset };
  let text = "";
  let from = 0;
  for (const { start, end } of cuts) {
    text += original.slice(from, start) + MASK;
    from = end;
  }
  return { text: text + original.slice(from), mapOffset: (offset) => mapThrough(cuts, offset) };
}

/** The stretches of a text that masking would hide. */
export function secretsIn(text: string): string[] {
  return findCuts(text).map(({ start, end }) => text.slice(start, end));
}

function findCuts(text: string): Cut[] {
  const found = findDefault(text);
  for (const pattern of redactionOf().patterns) found.push(...pattern.find(text));
  const cuts: Cut[] = [];
  for (const cut of found.sort((a, b) => a.start - b.start)) {
    const last = cuts.at(-1);
    if (last && cut.start < last.end) last.end = Math.max(last.end, cut.end);
    else cuts.push(cut);
  }
  return cuts;
}

function findDefault(text: string): Cut[] {
  const cuts: Cut[] = [];
  for (const { hint, secret } of secretShapes) {
    if (!hint.test(text)) continue;
    for (const { index, 0: found } of text.matchAll(secret))
      cuts.push({ start: index, end: index + found.length });
  }
  return cuts;
}

function mapThrough(cuts: readonly Cut[], offset: number): number {
  let shift = 0;
  for (const { start, end } of cuts) {
    if (offset <= start) break;
    if (offset < end) return start + shift;
    shift += MASK.length - (end - start);
  }
  return offset + shift;
}
