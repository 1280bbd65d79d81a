import fc from "fast-check";
import { expect, it } from "vitest";
import { fromText, type Json, toText } from "./json-text";

const anyString = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
  fc.json(),
);

it("text → value is the inverse of value → text, for strings that look like JSON too", () => {
  const value = fc.oneof(
    anyString,
    fc.jsonValue().map((json): Json => JSON.parse(JSON.stringify(json))),
  );
  fc.assert(
    fc.property(value, (json) => {
      expect(fromText(toText(json))).toEqual(json);
    }),
  );
});

it("text survives UTF-8", () => {
  fc.assert(
    fc.property(anyString, (value) => {
      expect(toText(value)?.isWellFormed()).toBe(true);
    }),
  );
});

it("prose stays prose, and null is nothing", () => {
  expect(toText("How many days? 几天？")).toBe("How many days? 几天？");
  expect(toText("42")).toBe('"42"');
  expect(toText(null)).toBeNull();
});
