import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createKeptRows, type KeptRows, type RowSource } from "./kept-rows";

const COLUMNS = ["title", "text"] as const;
type Column = (typeof COLUMNS)[number];

/** Rows 0 to 9 of a table; the key of row n is `k<n>`. Notes what it was asked for. */
function makeSource(textLength = 5) {
  const scan = { batches: 0, fails: false };
  const asked: { numbers?: bigint[]; keys?: string[]; columns: readonly string[] }[] = [];
  const fieldOf = (number: bigint, column: string) =>
    column === "key" ? `k${number}` : `${column} ${number}`.padEnd(textLength);
  const isThere = (number: bigint) => number >= 0n && number < 10n;
  const read = (numbers: readonly bigint[], columns: readonly string[]) =>
    numbers.filter(isThere).map((number) => ({
      number,
      fields: Object.fromEntries(columns.map((column) => [column, fieldOf(number, column)])),
    }));
  const source: RowSource = {
    key: "key",
    byNumber: async (numbers, columns) => {
      asked.push({ numbers: [...numbers], columns });
      return read(numbers, columns);
    },
    byKey: async (keys, columns) => {
      asked.push({ keys: [...keys], columns });
      return read(
        keys.map((key) => BigInt(key.slice(1))),
        columns,
      ).reverse();
    },
    async *all(columns) {
      if (scan.fails) throw new Error("unreadable");
      for (let first = 0n; first < 10n; first += 2n) {
        scan.batches += 1;
        yield read([first, first + 1n], columns);
      }
    },
  };
  const expected = (number: bigint, columns: readonly string[]) => read([number], columns)[0]?.fields;
  return { source, asked, scan, expected };
}

test("a row that was read is not read again, whether by its number or by its key", async () => {
  const { source, asked } = makeSource();
  const kept = createKeptRows(source);
  await kept.byNumber([1n, 2n], ["title"]);
  expect(await kept.byNumber([2n, 1n], ["title"])).toEqual(
    new Map([
      [2n, { title: "title 2" }],
      [1n, { title: "title 1" }],
    ]),
  );
  expect(await kept.byKey(["k2"], ["title"])).toEqual([{ title: "title 2" }]);
  expect(asked).toEqual([{ numbers: [1n, 2n], columns: ["title", "key"] }]);
});

test("only what is missing is read: other rows, and other columns of rows that are known", async () => {
  const { source, asked, scan } = makeSource();
  scan.fails = true;
  const kept = createKeptRows(source);
  await kept.byNumber([1n], ["title"]);
  expect(await kept.byKey(["k3", "k1"], ["title", "text"])).toEqual([
    { title: "title 3", text: "text 3" },
    { title: "title 1", text: "text 1" },
  ]);
  expect(asked.slice(1)).toEqual([
    { numbers: [1n], columns: ["title", "text", "key"] },
    { keys: ["k3"], columns: ["title", "text", "key"] },
  ]);
  await kept.byNumber([1n, 3n], ["title", "text"]);
  expect(asked).toHaveLength(3);
  await kept.byNumber([5n], ["title"]);
  await kept.byNumber([5n], ["text"]);
  await kept.byNumber([5n], ["title"]);
  expect(asked).toHaveLength(5);
});

/** Searches that find one row each. */
async function searchAll(kept: KeptRows, rows: number[], columns: readonly string[]) {
  for (const row of rows) await kept.byNumber([BigInt(row)], columns);
  await setImmediate();
}

test("the eighth search has the others' columns read ahead", async () => {
  const { source, asked, scan } = makeSource();
  const kept = createKeptRows(source);
  await searchAll(kept, [0, 1, 2, 3, 4, 5, 6], ["title"]);
  expect(scan.batches).toBe(0);
  await searchAll(kept, [7], ["title"]);
  expect(scan.batches).toBe(5);
  await kept.byNumber([8n], ["title"]);
  await kept.byKey(["k9"], ["title"]);
  expect(asked).toHaveLength(8);
});

test("reading ahead leaves half of the room", async () => {
  const { source, scan } = makeSource(100);
  await searchAll(createKeptRows(source, 1000), [0, 0, 0, 0, 0, 0, 0, 0], ["text"]);
  expect(scan.batches).toBe(2);
});

test("rows that cannot be read ahead are read when they are asked for", async () => {
  const { source, scan, expected } = makeSource();
  scan.fails = true;
  const kept = createKeptRows(source);
  for (const number of [0n, 1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n]) {
    const row = expected(number, ["title"]);
    expect(await kept.byNumber([number], ["title"])).toEqual(new Map([[number, row]]));
  }
});

test("what was read the longest ago is forgotten when there is no more room", async () => {
  const { source, asked, scan, expected } = makeSource(200);
  scan.fails = true;
  const kept = createKeptRows(source, 500);
  for (const number of [1n, 2n, 1n, 3n]) await kept.byNumber([number], ["text"]);
  expect(asked.map(({ numbers }) => numbers)).toEqual([[1n], [2n], [3n]]);
  await kept.byNumber([1n], ["text"]);
  expect(asked).toHaveLength(3);
  expect(await kept.byKey(["k2"], ["text"])).toEqual([expected(2n, ["text"])]);
  expect(asked.at(-1)).toMatchObject({ keys: ["k2"] });
});

test("a row that is too large to keep is read each time", async () => {
  const { source, asked, scan, expected } = makeSource(1000);
  scan.fails = true;
  const kept = createKeptRows(source, 500);
  for (const _ of [1, 2])
    expect(await kept.byNumber([1n], ["text"])).toEqual(new Map([[1n, expected(1n, ["text"])]]));
  expect(asked).toHaveLength(2);
});

const requests = fc.array(
  fc.record({
    by: fc.constantFrom<"number" | "key">("number", "key"),
    rows: fc.uniqueArray(fc.bigInt(0n, 12n), { maxLength: 6 }),
    columns: fc.subarray<Column>([...COLUMNS], { minLength: 1 }),
  }),
);

test("the answer is what the table has, whatever is kept", async () => {
  await fc.assert(
    fc.asyncProperty(requests, fc.integer({ min: 1, max: 400 }), async (sequence, room) => {
      const { source, expected } = makeSource(30);
      const kept = createKeptRows(source, room);
      for (const { by, rows, columns } of sequence) {
        const there = rows.filter((number) => number < 10n);
        const inOrder = there.map((number) => expected(number, columns));
        if (by === "key") {
          expect(
            await kept.byKey(
              rows.map((number) => `k${number}`),
              columns,
            ),
          ).toEqual(inOrder);
        } else {
          const found = await kept.byNumber(rows, columns);
          expect(there.map((number) => found.get(number))).toEqual(inOrder);
          expect(found.size).toBe(there.length);
        }
      }
    }),
  );
});
