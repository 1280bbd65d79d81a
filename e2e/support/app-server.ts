import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { freePort } from "@/lib/store/free-port";

/** A running app of its own, on loopback, with an own data directory. */
export interface AppServer {
  url: string;
  /** Where it keeps its data. */
  dataDir: string;
  /** Of the process that runs now, or that ran last. */
  pid(): number;
  /** Everything that it printed so far. */
  output(): string;
  /** Sends a signal and waits for the end; the exit code, or null when the signal itself ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>;
  /** Starts it again on the same port and data. */
  restart(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export const DEBUG_TOKEN = "e2e-debug-token";
export const ADMIN_TOKEN = "e2e-admin-token";

const READY_MS = 60_000;

/** Starts the built app with the given settings and waits until it is ready. */
export async function startApp(settings: Record<string, string> = {}): Promise<AppServer> {
  const port = await freePort();
  const ownDir = mkdtempSync(join(tmpdir(), "sidetrace-e2e-"));
  const dataDir = settings.DATA_DIR ?? ownDir;
  const url = `http://localhost:${port}`;
  const env = {
    ...baseEnvironment(),
    PORT: String(port),
    DEBUG_TOKEN,
    ADMIN_TOKEN,
    ...settings,
    DATA_DIR: dataDir,
  };
  let output = "";
  let child = await launch();

  async function launch(): Promise<ChildProcess> {
    const started = spawn(process.execPath, ["scripts/serve.mjs"], {
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [started.stdout, started.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        output += chunk.toString();
      });
    }
    await untilReady(url, started, () => output);
    return started;
  }
  async function end(signal: NodeJS.Signals): Promise<number | null> {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
    child.kill(signal);
    return ended;
  }

  return {
    url,
    dataDir,
    pid: () => child.pid ?? 0,
    output: () => output,
    end,
    async restart() {
      child = await launch();
    },
    async [Symbol.asyncDispose]() {
      await end("SIGKILL");
      rmSync(ownDir, { recursive: true, force: true });
    },
  };
}

/** The caller's own settings must not reach the app under test. */
function baseEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, LANG, TMPDIR } = process.env;
  return { PATH, HOME, LANG, TMPDIR, NODE_ENV: "production", RATE_LIMIT_PER_MINUTE: "0", LOG_LEVEL: "warn" };
}

async function untilReady(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + READY_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the app stopped:\n${output()}`);
    const response = await fetch(`${url}/api/ready`).catch(() => null);
    if (response) return;
    await wait(100);
  }
  throw new Error(`the app was not ready in time:\n${output()}`);
}
