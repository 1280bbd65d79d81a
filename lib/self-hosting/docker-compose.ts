import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { PassThrough, Readable, Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";

/** Lines of what a command complained about that help whoever reads them. */
const LAST_LINES = 5;
/** What writing to a command that has ended comes back with. */
const ENDED_EARLY = new Set(["EPIPE", "ECONNRESET", "ERR_STREAM_PREMATURE_CLOSE"]);

/** A command of docker compose that did not do its work. */
export class ComposeError extends Error {
  override readonly name = "ComposeError";
}

type Through = NodeJS.ReadWriteStream[];
type Feed = [NodeJS.ReadableStream, ...Through];
type Sink = [...Through, NodeJS.WritableStream];

/** `docker compose` on one file. Every call throws ComposeError when the command fails. */
export interface DockerCompose {
  /** What the command prints. */
  text(args: readonly string[]): Promise<string>;
  /** Pours what the command prints into a stream, through others, and ends it. */
  pour(args: readonly string[], ...to: Sink): Promise<void>;
  /** Feeds a stream to the command, through others, all of it. */
  feed(args: readonly string[], ...from: Feed): Promise<void>;
  /** Ends the commands that run now: their calls fail, and later ones can clear up. */
  interrupt(): void;
}

/** Runs the `docker` of the PATH. Arguments go to it as they are, through no shell. */
export function createDockerCompose(file: string): DockerCompose {
  const running = new Set<ChildProcess>();
  const run = async (args: readonly string[], from: Feed, to: Sink) => {
    const docker = spawn("docker", ["compose", "-f", file, ...args], { stdio: "pipe" });
    running.add(docker);
    await follow(docker, from, to).finally(() => running.delete(docker));
  };
  return {
    async text(args) {
      const into = new PassThrough();
      const [printed] = await Promise.all([text(into), run(args, [Readable.from([])], [into])]);
      return printed;
    },
    pour: (args, ...to) => run(args, [Readable.from([])], to),
    feed: (args, ...from) => run(args, from, [new Writable({ write: (_chunk, _encoding, done) => done() })]),
    interrupt: () => {
      for (const docker of running) docker.kill();
    },
  };
}

/** Carries the streams of a command to its end. */
async function follow(docker: ChildProcessWithoutNullStreams, from: Feed, to: Sink): Promise<void> {
  const exit = new Promise<number>((resolve, reject) => {
    docker.once("error", (error) => reject(notStarted(error)));
    docker.once("close", (code) => resolve(code ?? 1));
  });
  try {
    const [code, complaints, isFed] = await Promise.all([
      exit,
      text(docker.stderr),
      feed(from, docker.stdin),
      pipeline([docker.stdout, ...to]),
    ]);
    if (code !== 0 || !isFed) throw new ComposeError(describe(complaints));
  } catch (error) {
    docker.kill();
    throw error;
  }
}

/** False when the command did not take all of it: its own words then say why. */
async function feed(from: Feed, stdin: NodeJS.WritableStream): Promise<boolean> {
  try {
    await pipeline([...from, stdin]);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && ENDED_EARLY.has(String(error.code))) return false;
    throw error;
  }
}

function notStarted(cause: Error): ComposeError {
  const isMissing = "code" in cause && cause.code === "ENOENT";
  return new ComposeError(isMissing ? "Docker is not on the PATH." : "Docker could not be started.", {
    cause,
  });
}

function describe(complaints: string): string {
  const said = complaints.trim().split("\n").slice(-LAST_LINES).join("\n");
  return said === "" ? "docker compose failed and did not say why." : `docker compose failed:\n${said}`;
}
