/** A kind of secret that an operator has described. */
export interface SecretPattern {
  /** Where it matches, in UTF-16 offsets, in order. */
  find(text: string): { start: number; end: number }[];
}

/** What of a text may be kept outside of its owner's conversation: all but its secrets, or its size alone. */
export interface Redaction {
  /** Beside those that are always masked. */
  patterns: readonly SecretPattern[];
  /** False keeps sizes and times only. */
  content: boolean;
}

/** Next loads route handlers as module graphs of their own; what the start has set must hold in all of them. */
const slot = Symbol.for("sidetrace.redaction");
const shared = globalThis as { [slot]?: Redaction };

const builtIn: Redaction = { patterns: [], content: true };

/** For the start of a process. It is one for all of it, since to forget to hand it on somewhere would be a leak. */
export function setRedaction(redaction: Redaction): void {
  shared[slot] = redaction;
}

/** What was set at the start; before it, the built-in patterns and contents. */
export function redactionOf(): Redaction {
  return shared[slot] ?? builtIn;
}
