import { expect, test } from "vitest";
import { shortcutOf } from "./shortcuts";

const press = (key: string, ...modifiers: ("meta" | "ctrl" | "shift" | "alt")[]) => ({
  key,
  metaKey: modifiers.includes("meta"),
  ctrlKey: modifiers.includes("ctrl"),
  shiftKey: modifiers.includes("shift"),
  altKey: modifiers.includes("alt"),
});

test("⌘ and Ctrl are the same key, in a field as well", () => {
  for (const command of ["meta", "ctrl"] as const) {
    expect(shortcutOf(press(".", command), true)).toBe("debug");
    expect(shortcutOf(press("k", command), true)).toBe("search");
    expect(shortcutOf(press("O", command, "shift"), true)).toBe("newChat");
  }
});

test("a question mark in a field is a character", () => {
  expect(shortcutOf(press("?", "shift"), false)).toBe("all");
  expect(shortcutOf(press("?", "shift"), true)).toBeNull();
});

test("keys that type are left alone, and so are other combinations", () => {
  for (const key of ["k", ".", "o", "Escape"]) expect(shortcutOf(press(key), false)).toBeNull();
  expect(shortcutOf(press("k", "ctrl", "alt"), false)).toBeNull();
  expect(shortcutOf(press("k", "ctrl", "shift"), false)).toBeNull();
  expect(shortcutOf(press("Escape", "shift"), true)).toBe("focus");
});
