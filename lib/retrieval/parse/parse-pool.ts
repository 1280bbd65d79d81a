import { ParseError } from "./parse-error";
import { type ParseLimits, type ParseProcess, startParseProcess } from "./parse-process";
import type { ParsedFile } from "./parsed-file";

export interface ParsePool {
  /** Rejects with a ParseError, or with the signal's reason. */
  parse(file: { name: string; bytes: Uint8Array }, signal?: AbortSignal): Promise<ParsedFile>;
}

interface PoolOptions extends ParseLimits {
  /** So many files are read at once; the others wait. */
  processes: number;
  /** How long a process that has nothing to do is kept. */
  idleMs: number;
}

/** Reads files in processes that are kept for the next file; one that a file was too much for is replaced. */
export function createParsePool({ processes, idleMs, ...limits }: PoolOptions): ParsePool {
  const idle: ParseProcess[] = [];
  const waiting: (() => void)[] = [];
  let busy = 0;

  async function enter(): Promise<void> {
    if (busy >= processes) await new Promise<void>((resolve) => waiting.push(resolve));
    else busy += 1;
  }

  /** Hands its place to who waits longest. */
  function leave(): void {
    const next = waiting.shift();
    if (next) next();
    else busy -= 1;
  }

  function take(): ParseProcess {
    const kept = idle.splice(0).filter((process) => process.isAlive());
    const [process = startParseProcess(limits), ...others] = kept;
    idle.push(...others);
    process.hold(true);
    return process;
  }

  function keep(process: ParseProcess): void {
    process.hold(false);
    idle.push(process);
    setTimeout(() => {
      const at = idle.indexOf(process);
      if (at === -1) return;
      idle.splice(at, 1);
      process.end();
    }, idleMs).unref();
  }

  return {
    async parse(file, signal) {
      await enter();
      try {
        signal?.throwIfAborted();
        const process = take();
        const reply = await process.ask(file, signal).catch((error: unknown) => {
          process.end();
          throw error;
        });
        keep(process);
        if (reply.state === "parsed") return reply.parsed;
        throw new ParseError(reply.code, reply.message);
      } finally {
        leave();
      }
    },
  };
}
