import { MASK } from "./mask";

const WITHHELD = new RegExp(`^${MASK}\\(\\d+\\)$`);

/** What stands for a text of which only the size is kept, in UTF-16 characters. An empty text says nothing, so it stays. */
export function withholdText(text: string): string {
  return text === "" || isWithheld(text) ? text : `${MASK}(${text.length})`;
}

/** Whether a text is the place of one that was not kept. */
export function isWithheld(text: string): boolean {
  return WITHHELD.test(text);
}
