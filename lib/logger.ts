import pino, { type Logger } from "pino";
import { maskLogLine } from "./security/mask-log-line";

export type { Logger };

/**
 * One JSON line per event, on stdout unless said otherwise. Content does not go through it: ids, codes, counts and times only. What an error says in
 * its own words is masked on its way out.
 */
export function createLogger(level: string, destination?: { write(line: string): void }): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    hooks: { streamWrite: maskLogLine },
  };
  return destination ? pino(options, destination) : pino(options);
}
