import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { AppError } from "@/lib/errors";
import type { PassageRow } from "@/lib/retrieval/index/passage-row";
import type { SourceDocument } from "./document-rows";

type CutReply =
  | { state: "ready" }
  | { state: "rows"; rows: PassageRow[]; total: number }
  | { state: "cut"; rows: PassageRow[] }
  | { state: "refused"; tooDeep: boolean; message: string };

export interface CutOptions {
  /** Epoch ms, written into the passages. */
  now: number;
  signal: AbortSignal;
  onProgress(completed: number, total: number): void;
}

/**
 * A process that cuts documents: minutes of work for a large one, in which nothing else could run. It starts
 * with the first document, ends some time after the last one, and is replaced when a document was too much.
 */
export interface CutProcess {
  /** Documents wait for each other. Throws `invalid_request` for one that is too much, or the signal's reason. */
  cut(document: SourceDocument, options: CutOptions): Promise<PassageRow[]>;
}

const MEMORY_MB = 2048;
const IDLE_MS = 30_000;
/** The largest file that is taken needs some minutes. */
const TIME_MS = 1_800_000;

export function createCutProcess(): CutProcess {
  let child: ChildProcess | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let idle: NodeJS.Timeout | undefined;

  function end(): void {
    child?.kill("SIGKILL");
    child = null;
  }

  async function cut(document: SourceDocument, options: CutOptions): Promise<PassageRow[]> {
    options.signal.throwIfAborted();
    clearTimeout(idle);
    child = child?.connected ? child : await startChild();
    try {
      return await untilCut(child, document, options);
    } catch (error) {
      end();
      throw error;
    } finally {
      if (waiting === 1) idle = setTimeout(end, IDLE_MS).unref();
    }
  }

  return {
    cut(document, options) {
      waiting += 1;
      const mine = last
        .then(() => cut(document, options))
        .finally(() => {
          waiting -= 1;
        });
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}

function startChild(): Promise<ChildProcess> {
  const script = join(process.cwd(), "lib", "retrieval", "ingest", "cut-child.mjs");
  const flags = [`--max-old-space-size=${MEMORY_MB}`, "--disable-warning=ExperimentalWarning"];
  const child = spawn(process.execPath, [...flags, script, String(MEMORY_MB)], {
    env: { NODE_ENV: "production" },
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", () => reject(new Error("The process that cuts documents did not start.")));
    child.once("message", () => {
      child.removeAllListeners("exit");
      // It must not keep a process from ending that has nothing else to do.
      child.unref();
      child.channel?.unref();
      resolve(child);
    });
  });
}

function untilCut(
  child: ChildProcess,
  document: SourceDocument,
  { now, signal, onProgress }: CutOptions,
): Promise<PassageRow[]> {
  return new Promise((resolve, reject) => {
    const rows: PassageRow[] = [];
    const settle = (action: () => void) => {
      clearTimeout(timer);
      child.off("message", onMessage).off("exit", onExit);
      signal.removeEventListener("abort", onAbort);
      action();
    };
    const fail = (error: unknown) => settle(() => reject(error));
    const onMessage = (reply: CutReply) => {
      if (reply.state === "rows" || reply.state === "cut") rows.push(...reply.rows);
      if (reply.state === "rows") onProgress(rows.length, reply.total);
      if (reply.state === "cut") settle(() => resolve(rows));
      if (reply.state === "refused") {
        fail(reply.tooDeep ? tooMuch("It is nested too deeply") : new Error(reply.message));
      }
    };
    const onExit = () => fail(tooMuch("Cutting it needs too much memory"));
    const onLate = () => fail(tooMuch(`Cutting it takes more than ${TIME_MS / 60_000} minutes`));
    const onAbort = () => fail(signal.reason);
    const timer = setTimeout(onLate, TIME_MS);
    child.on("message", onMessage).once("exit", onExit);
    signal.addEventListener("abort", onAbort, { once: true });
    child.send({ document, now }, (error) => {
      if (error) fail(error);
    });
  });
}

function tooMuch(reason: string): AppError {
  return new AppError("invalid_request", `${reason}. Split the document.`);
}
