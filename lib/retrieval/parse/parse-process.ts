import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { z } from "zod";
import { fileFaultSchema } from "@/lib/domain/job";
import { ParseError } from "./parse-error";
import { parsedFileSchema } from "./parsed-file";

/** What a single file may take. */
export interface ParseLimits {
  timeMs: number;
  /** Resident memory of the process that reads it. */
  memoryMb: number;
}

const replySchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("parsed"), parsed: parsedFileSchema }),
  z.object({ state: z.literal("refused"), code: fileFaultSchema, message: z.string() }),
]);
export type ParseReply = z.infer<typeof replySchema>;

/**
 * A process that reads files, one at a time. It knows no setting and no key of ours. A file that needs too
 * much takes down this process and nothing else: a thread would not do, since V8 ends the whole process
 * when a single large allocation fails.
 */
export interface ParseProcess {
  /** Rejects with a ParseError when the file was too much, with the signal's reason, or when it cannot start. */
  ask(file: { name: string; bytes: Uint8Array }, signal?: AbortSignal): Promise<ParseReply>;
  isAlive(): boolean;
  /** Whether it keeps our own process from ending. */
  hold(isHeld: boolean): void;
  end(): void;
}

export function startParseProcess(limits: ParseLimits): ParseProcess {
  const script = join(process.cwd(), "lib", "retrieval", "parse", "parse-child.mjs");
  const flags = [`--max-old-space-size=${limits.memoryMb}`, "--disable-warning=ExperimentalWarning"];
  // Not `fork`: the bundler would take its script for a module of the bundle.
  const child = spawn(process.execPath, [...flags, script, String(limits.memoryMb)], {
    env: { NODE_ENV: "production" },
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const started = untilStarted(child);
  started.catch(() => undefined);

  return {
    async ask({ name, bytes }, signal) {
      await started;
      signal?.throwIfAborted();
      return untilReply(child, { name, bytes }, limits, signal);
    },
    isAlive: () => child.connected && child.exitCode === null && child.signalCode === null,
    hold: (isHeld) => {
      if (isHeld) child.ref();
      else child.unref();
      if (isHeld) child.channel?.ref();
      else child.channel?.unref();
    },
    end: () => void child.kill("SIGKILL"),
  };
}

function untilStarted(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", () => reject(new Error("The process that reads files did not start.")));
    child.once("message", () => resolve());
  });
}

function untilReply(
  child: ChildProcess,
  file: { name: string; bytes: Uint8Array },
  limits: ParseLimits,
  signal: AbortSignal | undefined,
): Promise<ParseReply> {
  return new Promise<ParseReply>((resolve, reject) => {
    const settle = (action: () => void) => {
      clearTimeout(timer);
      child.off("message", onMessage).off("exit", onExit);
      signal?.removeEventListener("abort", onAbort);
      action();
    };
    const fail = (error: unknown) =>
      settle(() => {
        child.kill("SIGKILL");
        reject(error);
      });
    const onMessage = (message: unknown) => settle(() => resolve(replySchema.parse(message)));
    const onExit = () => fail(new ParseError("too_complex", "The file needs too much memory. Split it."));
    const onAbort = () => fail(signal?.reason);
    const onLate = () => fail(new ParseError("too_complex", lateMessage(limits)));
    const timer = setTimeout(onLate, limits.timeMs);
    child.once("message", onMessage).once("exit", onExit);
    signal?.addEventListener("abort", onAbort, { once: true });
    child.send(file, (error) => {
      if (error) fail(new ParseError("corrupt", "The file cannot be read.", { cause: error }));
    });
  });
}

function lateMessage({ timeMs }: ParseLimits): string {
  return `Reading the file took more than ${Math.round(timeMs / 1000)} seconds. Split it.`;
}
