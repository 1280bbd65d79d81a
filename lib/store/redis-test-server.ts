import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./free-port";

const START_LIMIT_MS = 10_000;

/** A real redis-server of a test's own on 127.0.0.1. Stopping forgets all data unless it was made durable. */
export interface RedisTestServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** Begins to listen; resolves when commands are accepted. */
  start(): Promise<void>;
  /** Kills the server as a crash would. */
  stop(): Promise<void>;
  /** Removes what a server that is stopped has kept. */
  forget(): Promise<void>;
  /** Freezes it: connections stay open, nothing is answered. */
  pause(): void;
  resume(): void;
}

export interface RedisTestServerOptions {
  password?: string;
  /** Keeps the data over stop and start. */
  durable?: boolean;
}

/** Picks a free port and a folder; the server is absent until `start()`. */
export async function createRedisTestServer(options: RedisTestServerOptions = {}): Promise<RedisTestServer> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), "sidetrace-redis-"));
  let server: ChildProcess | null = null;
  const killAtExit = () => server?.kill("SIGKILL");
  process.once("exit", killAtExit);

  const stop = async () => {
    const running = server;
    server = null;
    if (running === null || running.exitCode !== null || running.signalCode !== null) return;
    const exited = once(running, "exit");
    running.kill("SIGKILL");
    await exited;
  };
  return {
    port,
    url: `redis://${options.password === undefined ? "" : `:${options.password}@`}127.0.0.1:${port}`,
    async start() {
      server = spawn("redis-server", serverArguments(port, folder, options), {
        stdio: ["ignore", "pipe", "ignore"],
      });
      await accepting(server);
    },
    stop,
    async forget() {
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder);
    },
    pause: () => void server?.kill("SIGSTOP"),
    resume: () => void server?.kill("SIGCONT"),
    async [Symbol.asyncDispose]() {
      await stop();
      process.off("exit", killAtExit);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** As `createRedisTestServer`, started. */
export async function startRedisTestServer(options: RedisTestServerOptions = {}): Promise<RedisTestServer> {
  const server = await createRedisTestServer(options);
  await server.start();
  return server;
}

function serverArguments(
  port: number,
  folder: string,
  { password, durable }: RedisTestServerOptions,
): string[] {
  const persistence = durable ? ["--appendonly", "yes", "--appendfsync", "always"] : ["--appendonly", "no"];
  const access = password === undefined ? [] : ["--requirepass", password];
  return [
    "--port",
    `${port}`,
    "--bind",
    "127.0.0.1",
    "--dir",
    folder,
    "--save",
    "",
    ...persistence,
    ...access,
  ];
}

/** Resolves when the server says that it accepts connections. */
function accepting(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = "";
    const fail = (message: string) => {
      clearTimeout(timer);
      server.kill("SIGKILL");
      reject(new Error(`${message} ${log.slice(-500)}`.trim()));
    };
    const timer = setTimeout(() => fail("redis-server did not start in time."), START_LIMIT_MS);
    server.once("error", () =>
      fail("redis-server is not on the PATH (on Debian: apt-get install redis-server)."),
    );
    server.once("exit", () => fail("redis-server ended while it was starting."));
    server.stdout?.on("data", (chunk: Buffer) => {
      log += chunk.toString();
      if (!log.includes("Ready to accept connections")) return;
      clearTimeout(timer);
      server.removeAllListeners("exit");
      server.stdout?.removeAllListeners("data").resume();
      resolve();
    });
  });
}
