import { existsSync } from "node:fs";
import { backup, DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { type CitedTexts, readCiting } from "./cited-document";
import { transact } from "./sqlite-database";

const BUSY_TIMEOUT_MS = 5000;
const tablesSchema = z.array(z.object({ name: z.string() }));
const versionsSchema = z.array(z.object({ position: z.number(), version: z.string() }));
const countSchema = z.object({ n: z.number() });

/** Rows of all tables of a database file for which `matches` holds of their JSON; 0 without a file. */
export function countRows(path: string, matches: (row: string) => boolean): number {
  return withDatabase(path, 0, (database) => {
    const tables = tablesSchema.parse(
      database
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        .all(),
    );
    let found = 0;
    for (const { name } of tables) {
      for (const row of database.prepare(`SELECT * FROM "${name}"`).iterate()) {
        if (matches(JSON.stringify(row))) found += 1;
      }
    }
    return found;
  });
}

/** Writes the file anew, so that nothing of deleted rows is left in it or in its log. */
export function eraseDeletedRows(path: string): void {
  withDatabase(path, undefined, (database) => {
    database.exec("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);");
  });
}

/** Copies a database as it is at one moment, while others write to it; an empty one where there is none yet. */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const database = new DatabaseSync(existsSync(from) ? from : ":memory:", { timeout: BUSY_TIMEOUT_MS });
  try {
    await backup(database, to);
  } finally {
    database.close();
  }
}

/** Texts of cited documents in a file of conversations. */
export function createSqliteCitedTexts(path: string): CitedTexts {
  const citing = (database: DatabaseSync, documentId: string) =>
    versionsSchema
      .parse(
        database
          .prepare("SELECT position, version FROM versions WHERE instr(version, ?) > 0")
          .all(documentId),
      )
      .flatMap(({ position, version }) => {
        const found = readCiting(version, documentId);
        return found ? [{ position, ...found }] : [];
      });
  return {
    count: async ({ documentId, passageIds }) =>
      withDatabase(path, 0, (database) => {
        const shown = citing(database, documentId).reduce((sum, version) => sum + version.shown, 0);
        const ofPassage = database.prepare("SELECT count(*) AS n FROM cited_passages WHERE passage_id = ?");
        return passageIds.reduce((sum, id) => sum + countSchema.parse(ofPassage.get(id)).n, shown);
      }),
    async remove({ documentId, passageIds }) {
      withDatabase(path, undefined, (database) => {
        transact(database, () => {
          const put = database.prepare("UPDATE versions SET version = ? WHERE position = ?");
          for (const { position, emptied } of citing(database, documentId)) put.run(emptied, position);
          const drop = database.prepare("DELETE FROM cited_passages WHERE passage_id = ?");
          for (const id of passageIds) drop.run(id);
        });
      });
      eraseDeletedRows(path);
    },
    citations: async (documentId) =>
      withDatabase(path, { passageIds: [], requestIds: [] }, (database) => {
        const found = citing(database, documentId);
        return {
          passageIds: found.flatMap((version) => version.passageIds),
          requestIds: found.map(({ requestId }) => requestId),
        };
      }),
  };
}

function withDatabase<T>(path: string, without: T, work: (database: DatabaseSync) => T): T {
  if (!existsSync(path)) return without;
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    return work(database);
  } finally {
    database.close();
  }
}
