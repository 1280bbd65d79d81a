import pino, { type Logger } from "pino";

export type { Logger };

/** One JSON line per event on stdout. Content never goes through it: ids, codes, counts and times only. */
export function createLogger(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  });
}
