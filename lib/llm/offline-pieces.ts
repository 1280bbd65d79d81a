/** Words with the white space behind them, and Chinese by twos: what a reader sees appear. */
const PIECE = /\p{Script=Han}{1,2}|[^\s\p{Script=Han}]+\s*|\s+/gu;

const TICK_MS = 16;
const SHORTEST_MS = 600;
const LONGEST_MS = 1_200;

/** One step of a stream: wait, then send. */
export interface PacedPiece {
  text: string;
  waitMs: number;
}

/**
 * Cuts an answer into pieces that together are the answer, and spreads them over 0.6 to 1.2 s by length.
 * The first one goes out at once.
 */
export function paceAnswer(answer: string): PacedPiece[] {
  const words = answer.match(PIECE) ?? [];
  const totalMs = Math.min(LONGEST_MS, SHORTEST_MS + answer.length);
  const steps = Math.max(1, Math.min(words.length, Math.floor(totalMs / TICK_MS)));
  const waitMs = Math.floor(totalMs / steps);
  return Array.from({ length: steps }, (_, step) => ({
    text: words.slice(cut(step, steps, words.length), cut(step + 1, steps, words.length)).join(""),
    waitMs: step === 0 ? 0 : waitMs,
  }));
}

function cut(step: number, steps: number, length: number): number {
  return Math.round((step * length) / steps);
}
