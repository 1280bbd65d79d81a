import { mkdirSync } from "node:fs";
import { basename, dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { AppError } from "@/lib/errors";

/** How long a statement waits for another process that writes, in milliseconds. */
const BUSY_TIMEOUT_MS = 2000;
const IN_MEMORY = ":memory:";

/**
 * Opens a database file (or `:memory:`), brings it to the newest schema (`migrations[n]` leads from version n to
 * n + 1) and returns what `prepare` makes of it. Throws AppError with the file's base name when it cannot be used.
 */
export function openDatabase<T>(
  path: string,
  migrations: readonly string[],
  prepare: (database: DatabaseSync) => T,
): T {
  let database: DatabaseSync | null = null;
  try {
    if (path !== IN_MEMORY) mkdirSync(dirname(path), { recursive: true });
    database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;");
    migrate(database, migrations, path);
    return prepare(database);
  } catch (error) {
    database?.close();
    throw error instanceof AppError ? error : unusable(path, error);
  }
}

function migrate(database: DatabaseSync, migrations: readonly string[], path: string): void {
  const version = Number(database.prepare("PRAGMA user_version").get()?.user_version);
  if (version > migrations.length) throw madeLater(path);
  for (const [index, migration] of migrations.entries()) {
    if (index < version) continue;
    transact(database, () => database.exec(`${migration}; PRAGMA user_version = ${index + 1}`));
  }
}

/** Does all of the work or none of it. Throws `unavailable` where the same work may succeed later. */
export function transact<T>(database: DatabaseSync, work: () => T): T {
  try {
    database.exec("BEGIN IMMEDIATE");
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    // A full disk has ended the transaction by itself.
    if (database.isTransaction) database.exec("ROLLBACK");
    throw toStoreError(error);
  }
}

/** SQLite's primary result codes for what passes: another process writes, no permission, the disk fails or is full. */
const [BUSY, READONLY, IOERR, FULL] = [5, 8, 10, 13];
const TEMPORARY: readonly (number | undefined)[] = [BUSY, READONLY, IOERR, FULL];

function toStoreError(error: unknown): unknown {
  const code = error instanceof Error && "errcode" in error ? Number(error.errcode) & 0xff : undefined;
  if (!TEMPORARY.includes(code)) return error;
  const message =
    code === FULL
      ? "The disk of the server is full; make room in DATA_DIR, then try again."
      : "The server's database cannot be written at the moment; try again shortly.";
  return new AppError("unavailable", message, { cause: error });
}

function madeLater(path: string): AppError {
  const message = `${basename(path)} was made by a later version of Sidetrace; start that version, or move the file away.`;
  return new AppError("internal", message);
}

function unusable(path: string, cause: unknown): AppError {
  const reason = cause instanceof Error && "errstr" in cause ? String(cause.errstr) : "it cannot be opened";
  const message = `${basename(path)} cannot be used (${reason}); move it away or restore a backup, then start again.`;
  return new AppError("internal", message, { cause });
}
