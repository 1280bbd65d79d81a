import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { vi } from "vitest";
import type { Profile } from "./langfuse-settings";

export interface FakeDocker extends AsyncDisposable {
  /** A scratch folder of the test's own. */
  folder: string;
  /** Makes every call fail that contains this; null: none. */
  failAt(part: string | null): void;
  set(name: string, content: string | Uint8Array): Promise<void>;
  get(name: string): Promise<Buffer>;
  /** What backups left in the containers. */
  leftovers(): Promise<string[]>;
  running(): Promise<string[]>;
  /** Arguments of every call so far, without `compose -f <file>`. */
  calls(): Promise<string[][]>;
}

const SERVICES: Readonly<Record<Profile, string[]>> = {
  full: [
    "langfuse-web",
    "langfuse-worker",
    "clickhouse",
    "postgres",
    "langfuse-redis",
    "minio",
    "sidetrace-redis",
  ],
  simplified: ["langfuse-web-simplified", "langfuse-worker-simplified", "clickhouse", "minio"],
};

/**
 * Puts a `docker` in front of this process's PATH, whose containers are files: postgres, clickhouse, bucket,
 * queue, running.
 */
export async function createFakeDocker(profile: Profile = "full"): Promise<FakeDocker> {
  const folder = await mkdtemp(join(tmpdir(), "sidetrace-docker-"));
  const state = join(folder, "state");
  const bin = join(folder, "bin");
  for (const made of [state, bin]) await mkdir(made);
  await symlink(resolve("lib/self-hosting/fake-docker.sh"), join(bin, "docker"));
  await writeFile(join(state, "running"), `${SERVICES[profile].join("\n")}\n`);
  vi.stubEnv("PATH", [bin, process.env.PATH].join(delimiter));
  vi.stubEnv("FAKE_DOCKER_FOLDER", state);
  const read = (name: string) => readFile(join(state, name));
  return {
    folder,
    failAt: (part) => void vi.stubEnv("FAKE_DOCKER_FAIL", part ?? ""),
    set: (name, content) => writeFile(join(state, name), content),
    get: read,
    leftovers: async () => (await readdir(state)).filter((name) => name.endsWith(".zip")),
    running: async () => (await read("running")).toString().split("\n").filter(Boolean).toSorted(),
    async calls() {
      const text = await read("calls").then(String, () => "");
      return text
        .split("\x1e")
        .filter(Boolean)
        .map((call) => call.split("\x1f").slice(3, -1));
    },
    async [Symbol.asyncDispose]() {
      vi.unstubAllEnvs();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
