import type { KeyboardEvent } from "react";

/** Some browsers report the Enter that ends a composition after it has ended, with this code. */
const IME_KEY_CODE = 229;

/** Whether a key belongs to an input method that is still composing characters: not a command then. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.nativeEvent.isComposing || event.keyCode === IME_KEY_CODE;
}
