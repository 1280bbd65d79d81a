import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { faultGroups } from "./fault-groups";
import { faultTable, withTables } from "./fault-table";

const pages = {
  en: readFileSync("docs/en/faults.md", "utf8"),
  zh: readFileSync("docs/zh/faults.md", "utf8"),
};
const languages = ["en", "zh"] as const;

const tablesIn = (page: string) => page.match(/(^\|.*\|\n?)+/gm)?.map((table) => table.trim()) ?? [];
const tablesOf = (language: (typeof languages)[number]) =>
  faultGroups.map((group) => {
    const facts = Object.entries(group.rows).map(([id, row]) => [id, row.facts]);
    return faultTable(group, Object.fromEntries(facts), language);
  });

describe("the page of faults", () => {
  it.each(languages)("has in %s the table that the checked rows make, and no other", (language) => {
    expect(tablesIn(pages[language])).toEqual(tablesOf(language));
  });

  it.each(languages)("is in %s what writing the tables makes of it", (language) => {
    expect(withTables(pages[language], faultGroups, tablesOf(language))).toBe(pages[language]);
  });

  it("has the same sections in both languages", () => {
    const headings = (page: string) => page.match(/^##? /gm)?.length;
    expect(headings(pages.zh)).toBe(headings(pages.en));
  });

  it("says of each fault something else, in both languages, in a cell of its own", () => {
    const rows = faultGroups.flatMap(({ rows }) => Object.values(rows));
    for (const language of languages) {
      const names = rows.map(({ fault }) => fault[language]);
      expect(new Set(names).size).toBe(rows.length);
      for (const { fault, made } of rows) expect(`${fault[language]}${made[language]}`).not.toMatch(/[|\n]/);
    }
    for (const { fault, made } of rows) expect(fault.zh + made.zh).toMatch(/\p{Script=Han}/u);
  });
});
