/** Shortcuts as they are printed on the keys of a Mac and of other machines. */
export const SHORTCUTS = {
  debug: { mac: "⌘.", other: "Ctrl ." },
  search: { mac: "⌘K", other: "Ctrl K" },
  newChat: { mac: "⇧⌘O", other: "Ctrl ⇧ O" },
  focus: { mac: "⇧Esc", other: "⇧Esc" },
  all: { mac: "?", other: "?" },
} as const;
export type Shortcut = keyof typeof SHORTCUTS;

interface KeyPress {
  key: string;
  metaKey: boolean;
  ctrlKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

/** Which shortcut a key press is; `inField` while text is being entered, where "?" is a character. */
export function shortcutOf(press: KeyPress, inField: boolean): Shortcut | null {
  const command = (press.metaKey || press.ctrlKey) && !press.altKey;
  const key = press.key.toLowerCase();
  if (command && !press.shiftKey && key === ".") return "debug";
  if (command && !press.shiftKey && key === "k") return "search";
  if (command && press.shiftKey && key === "o") return "newChat";
  if (!command && press.shiftKey && press.key === "Escape") return "focus";
  return !command && !inField && press.key === "?" ? "all" : null;
}
