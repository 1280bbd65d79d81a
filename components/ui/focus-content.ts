/** Gives the focus to an overlay itself when it opens: on its first button it would open that button's tooltip. */
export function focusContent(event: Event): void {
  event.preventDefault();
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
}
