import { expect, test } from "vitest";
import english from "@/messages/en.json";
import { findUsedKeys } from "./find-used-keys.fixture";
import { textsOf } from "./texts-of.fixture";

test("every text is shown somewhere, and every text that is asked for is there", () => {
  const used = findUsedKeys();
  const there = textsOf(english).map(([key]) => key);
  expect(there.filter((key) => !used.has(key))).toEqual([]);
  expect([...used].filter((key) => !there.includes(key))).toEqual([]);
}, 120_000);
