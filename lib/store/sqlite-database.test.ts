import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, expect, test } from "vitest";
import { openDatabase, transact } from "./sqlite-database";

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function open() {
  const folder = mkdtempSync(join(tmpdir(), "sidetrace-sqlite-"));
  folders.push(folder);
  const path = join(folder, "notes.sqlite");
  const database = openDatabase(path, ["CREATE TABLE notes (text TEXT) STRICT"], (opened) => opened);
  const count = () => database.prepare("SELECT count(*) AS notes FROM notes").get()?.notes;
  const add = (text: string) =>
    transact(database, () => void database.prepare("INSERT INTO notes VALUES (?)").run(text));
  return { path, database, count, add };
}

test("a full disk is unavailable, leaves nothing half written, and writing goes on when there is room", () => {
  const { database, count, add } = open();
  add("first");
  const { page_count } = database.prepare("PRAGMA page_count").get() ?? {};
  database.exec(`PRAGMA max_page_count = ${Number(page_count)}`);
  const tooMuch = () =>
    transact(database, () => {
      database.prepare("INSERT INTO notes VALUES (?)").run("second");
      database.prepare("INSERT INTO notes VALUES (?)").run("x".repeat(100_000));
    });
  expect(tooMuch).toThrow(
    expect.objectContaining({ code: "unavailable", message: expect.stringMatching(/full/) }),
  );
  expect(count()).toBe(1);
  database.exec("PRAGMA max_page_count = 100000");
  tooMuch();
  expect(count()).toBe(3);
  database.close();
});

test("a database that another process writes is unavailable, not broken", () => {
  const { path, database, count, add } = open();
  const other = new DatabaseSync(path);
  database.exec("PRAGMA busy_timeout = 1");
  other.exec("BEGIN IMMEDIATE");
  expect(() => add("first")).toThrow(expect.objectContaining({ code: "unavailable" }));
  other.exec("COMMIT");
  add("first");
  expect(count()).toBe(1);
  other.close();
  database.close();
});

test("what is wrong with the work itself is thrown as it is, and undone", () => {
  const { database, count } = open();
  const fault = new Error("of the work");
  const work = () =>
    transact(database, () => {
      database.prepare("INSERT INTO notes VALUES (?)").run("first");
      throw fault;
    });
  expect(work).toThrow(fault);
  expect(count()).toBe(0);
  database.close();
});
