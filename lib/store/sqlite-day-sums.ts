import { z } from "zod";
import type { DaySums } from "./day-sums";
import { openDatabase, transact } from "./sqlite-database";

/** Schema of the sums' database, one step per version. Steps that were released are never edited. */
const migrations: readonly string[] = [
  "CREATE TABLE sums (day TEXT NOT NULL, key TEXT NOT NULL, sum INTEGER NOT NULL, PRIMARY KEY (day, key)) STRICT, WITHOUT ROWID;",
];

const ADD = `
  INSERT INTO sums (day, key, sum) VALUES (:day, :key, max(:amount, :atLeast))
  ON CONFLICT (day, key) DO UPDATE SET sum = max(sum + :amount, :atLeast)
  RETURNING sum`;

const rowSchema = z.object({ sum: z.number() });

/** Sums in one SQLite file of this machine: a restart does not forget them. Throws AppError when the file cannot be used. */
export function createSqliteDaySums({ path }: { path: string }): DaySums & { close(): void } {
  const { database, add, forget } = openDatabase(path, migrations, (database) => ({
    database,
    add: database.prepare(ADD),
    forget: database.prepare("DELETE FROM sums WHERE day < ?"),
  }));
  let newest = "";
  return {
    add: async (day, key, amount, atLeast) =>
      transact(database, () => {
        if (day > newest) forget.run(day);
        newest = day > newest ? day : newest;
        return rowSchema.parse(add.get({ day, key, amount, atLeast })).sum;
      }),
    close: () => database.close(),
  };
}
