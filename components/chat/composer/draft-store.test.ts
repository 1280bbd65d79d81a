import { expect, test } from "vitest";
import { createDraftStore } from "./draft-store";

const DAY = 86_400_000;

function memoryStorage() {
  const entries = new Map<string, string>();
  return {
    entries,
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
    removeItem: (key: string) => void entries.delete(key),
    key: (index: number) => [...entries.keys()][index] ?? null,
    get length() {
      return entries.size;
    },
  };
}
const stored = (sessionId: string) => ({ sessionId, stored: true });
const begun = (sessionId: string) => ({ sessionId, stored: false });

test("a draft belongs to its conversation and outlives the page; an empty one is forgotten", () => {
  const storage = memoryStorage();
  const drafts = createDraftStore(storage, () => 1);
  drafts.set(stored("a"), "half a question");
  expect(drafts.get(stored("b"))).toBe("");
  expect(createDraftStore(storage, () => 2).get(stored("a"))).toBe("half a question");
  drafts.set(stored("a"), "");
  expect(storage.entries.size).toBe(0);
});

test("there is one draft for a conversation that has not begun, whatever its id is at the next visit", () => {
  const storage = memoryStorage();
  createDraftStore(storage, () => 1).set(begun("a"), "first words");
  expect(createDraftStore(storage, () => 2).get(begun("b"))).toBe("first words");
});

test("what is being written stays as the conversation begins", () => {
  const drafts = createDraftStore(memoryStorage(), () => 1);
  drafts.set(begun("a"), "next");
  expect(drafts.get(stored("a"))).toBe("next");
});

test("whoever shows a draft hears of its change", () => {
  const drafts = createDraftStore(null, () => 1);
  let heard = 0;
  const leave = drafts.subscribe(() => {
    heard += 1;
  });
  drafts.set(stored("a"), "x");
  leave();
  drafts.set(stored("a"), "y");
  expect([heard, drafts.get(stored("a"))]).toEqual([1, "y"]);
});

test("old drafts go, and those of many conversations do too; what is damaged is no draft", () => {
  const storage = memoryStorage();
  const first = createDraftStore(storage, () => 0);
  first.set(stored("old"), "x");
  for (let n = 0; n < 60; n += 1) createDraftStore(storage, () => 40 * DAY + n).set(stored(`s${n}`), "x");
  storage.setItem("sidetrace.draft.bad", "{");
  storage.setItem("theme", "dark");
  const later = createDraftStore(storage, () => 41 * DAY);
  expect(later.get(stored("old"))).toBe("");
  expect(later.get(stored("bad"))).toBe("");
  expect(later.get(stored("s59"))).toBe("x");
  expect(storage.entries.size).toBe(51);
});

test("a storage that refuses costs no draft", () => {
  const refusing = memoryStorage();
  refusing.setItem = () => {
    throw new Error("full");
  };
  const drafts = createDraftStore(refusing, () => 1);
  drafts.set(stored("a"), "kept");
  expect(drafts.get(stored("a"))).toBe("kept");
});
