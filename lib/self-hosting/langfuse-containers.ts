import { createGunzip, createGzip } from "node:zlib";
import type { DockerCompose } from "./docker-compose";
import { type Profile, profileSchema } from "./langfuse-settings";

/** Where the ClickHouse image lets backups be written and read. */
const CLICKHOUSE_BACKUPS = "/var/lib/clickhouse/backups";
const APPS = {
  full: ["langfuse-web", "langfuse-worker"],
  simplified: ["langfuse-web-simplified", "langfuse-worker-simplified"],
} as const;

/** What backup and restore ask of the containers of a Langfuse that runs. */
export interface LangfuseContainers {
  profile: Profile;
  dumpPostgres(into: NodeJS.WritableStream): Promise<void>;
  /** In one transaction: all of it or nothing. */
  restorePostgres(from: NodeJS.ReadableStream): Promise<void>;
  /** Has ClickHouse write a backup of all traces beside its data, under a name of its own. */
  backUpClickhouse(name: string): Promise<void>;
  readClickhouseBackup(name: string, into: NodeJS.WritableStream): Promise<void>;
  writeClickhouseBackup(name: string, from: NodeJS.ReadableStream): Promise<void>;
  /** Puts the backup in the place of all traces. */
  restoreClickhouse(name: string): Promise<void>;
  removeClickhouseBackup(name: string): Promise<void>;
  /** All files of the bucket's server, as compressed tar. */
  readBucket(into: NodeJS.WritableStream): Promise<void>;
  /** While the bucket's server is stopped. What was there goes when all of the new is there. */
  writeBucket(from: NodeJS.ReadableStream): Promise<void>;
  /** Forgets the jobs and the cached keys of Langfuse. */
  emptyQueue(): Promise<void>;
  /** Stops what writes: web, worker and the bucket's server. */
  stopWriters(): Promise<void>;
  startWriters(): Promise<void>;
}

/** By which a size is known while some of it is down. */
const ONLY_IN = { full: [...APPS.full, "postgres", "langfuse-redis"], simplified: APPS.simplified };
/** What is talked to; the bucket's files are read without their server. */
const NEEDED = { full: ["postgres", "clickhouse", "langfuse-redis"], simplified: ["clickhouse"] };

/** Prints a folder as tar. A file that changes while it is read (1) is one that came in the meantime. */
export const TAKE_FOLDER =
  'tar -C "$0" --exclude=./.minio.sys/tmp --exclude=./.minio.sys/multipart -cf - . || [ $? -eq 1 ]';
/** Puts a tar in the place of what a folder has, once all of it is there. */
export const PUT_FOLDER = [
  "set -e",
  'rm -rf "$0/.restore"',
  'mkdir "$0/.restore"',
  'tar -C "$0/.restore" -xf -',
  'find "$0" -mindepth 1 -maxdepth 1 ! -name .restore -exec rm -rf {} +',
  'find "$0/.restore" -mindepth 1 -maxdepth 1 -exec mv -t "$0" {} +',
  'rmdir "$0/.restore"',
].join("\n");
/** Credentials stay in the container; the statement comes as an argument, so that nothing has to be quoted. */
const ASK_CLICKHOUSE =
  'exec clickhouse-client --user "$CLICKHOUSE_USER" --password "$CLICKHOUSE_PASSWORD" --database system' +
  ' --max_table_size_to_drop 0 --max_partition_size_to_drop 0 --query "$0"';

/** Finds the Langfuse that runs. Throws with a sentence when there is none. */
export async function findLangfuse(compose: DockerCompose): Promise<LangfuseContainers> {
  const listed = await compose.text([
    ...["--profile", "full", "--profile", "simplified"],
    ...["ps", "--services", "--status", "running"],
  ]);
  const running = new Set(listed.split(/\s+/));
  const profile = profileSchema.options.find((option) =>
    ONLY_IN[option].some((service) => running.has(service)),
  );
  const missing = profile && NEEDED[profile].filter((service) => !running.has(service));
  if (!profile || !missing || missing.length > 0) {
    const which = missing ? ` (${missing.join(", ")})` : "";
    throw new Error(`Langfuse does not run${which}: start it with docker compose first.`);
  }
  return containersOf(compose, profile);
}

function containersOf(compose: DockerCompose, profile: Profile): LangfuseContainers {
  const withProfile = (...args: string[]) => ["--profile", profile, ...args];
  const exec = (service: string, ...command: string[]) => withProfile("exec", "-T", service, ...command);
  const inShell = (service: string, script: string, ...values: string[]) =>
    exec(service, "sh", "-c", script, ...values);
  const ask = async (statement: string) => {
    await compose.text(inShell("clickhouse", ASK_CLICKHOUSE, statement));
  };
  const archive = (script: string) =>
    withProfile("run", "--rm", "-T", "--no-deps", "bucket-archive", script, "/data");
  const fileOf = (name: string) => `${CLICKHOUSE_BACKUPS}/${name}.zip`;
  const writers = [...APPS[profile], "minio"];
  return {
    profile,
    dumpPostgres: (into) =>
      compose.pour(exec("postgres", "pg_dump", "-U", "langfuse", "-d", "langfuse", "--format=custom"), into),
    restorePostgres: (from) =>
      compose.feed(
        exec("postgres", "pg_restore", "-U", "langfuse", "-d", "langfuse", ...RESTORE_OPTIONS),
        from,
      ),
    backUpClickhouse: (name) => ask(`BACKUP DATABASE default TO File('${fileOf(name)}')`),
    readClickhouseBackup: (name, into) => compose.pour(exec("clickhouse", "cat", fileOf(name)), into),
    writeClickhouseBackup: (name, from) =>
      compose.feed(inShell("clickhouse", `mkdir -p ${CLICKHOUSE_BACKUPS} && cat > "$0"`, fileOf(name)), from),
    async restoreClickhouse(name) {
      await ask("DROP DATABASE IF EXISTS default SYNC");
      await ask(`RESTORE DATABASE default FROM File('${fileOf(name)}')`);
    },
    async removeClickhouseBackup(name) {
      await compose.text(exec("clickhouse", "rm", "-f", fileOf(name)));
    },
    readBucket: (into) => compose.pour(archive(TAKE_FOLDER), createGzip(), into),
    writeBucket: (from) => compose.feed(archive(PUT_FOLDER), from, createGunzip()),
    async emptyQueue() {
      await compose.text(exec("langfuse-redis", "redis-cli", "FLUSHALL"));
    },
    async stopWriters() {
      await compose.text(withProfile("stop", ...writers));
    },
    async startWriters() {
      await compose.text(withProfile("start", ...writers));
    },
  };
}

const RESTORE_OPTIONS = ["--clean", "--if-exists", "--no-owner", "--single-transaction"];
