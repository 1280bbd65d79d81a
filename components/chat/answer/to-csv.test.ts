import fc from "fast-check";
import { parse } from "papaparse";
import { expect, test } from "vitest";
import { toCsv } from "./to-csv";

test("what is copied reads back as the table's cells", async () => {
  const cell = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", ";", " ", "密", "1") });
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(table, async (rows) => {
      expect(parse(await toCsv(rows), { delimiter: ",", newline: "\r\n" }).data).toEqual(rows);
    }),
  );
});

test("no cell becomes a formula, and negative numbers stay numbers", async () => {
  expect(await toCsv([["=1+1", "-5", "+4.5%", "-x()", "@a"]])).toBe(`"'=1+1",-5,+4.5%,"'-x()","'@a"`);
});
