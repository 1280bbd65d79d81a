import type { KeyboardEvent } from "react";
import { TAB_IDS, type TabId } from "./tab-registry";

interface PanelKeyActions {
  requestId: string | null;
  requestIds: readonly string[];
  onSelectRequest(id: string): void;
  onSelectTab(tab: TabId): void;
  onClose: (() => void) | null;
}

/**
 * Keys of the panel as a whole. Single letters count only outside of fields and without a modifier; a part
 * that has handled a key has called `preventDefault`.
 */
export function handlePanelKey(event: KeyboardEvent<HTMLElement>, actions: PanelKeyActions): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  // A menu of the panel lies elsewhere in the page; its keys come by here all the same.
  if (!(event.target instanceof Node && event.currentTarget.contains(event.target))) return;
  if (event.key === "Escape") {
    event.preventDefault();
    actions.onClose?.();
    return;
  }
  if (!isField(event.target) && runPlainKey(event, actions)) event.preventDefault();
}

function runPlainKey({ key, currentTarget }: KeyboardEvent<HTMLElement>, actions: PanelKeyActions): boolean {
  switch (key) {
    case "[":
      return stepRequest(currentTarget, actions, -1);
    case "]":
      return stepRequest(currentTarget, actions, 1);
    case "/":
      return focusFirst(currentTarget, "[data-filter]");
    case "o":
    case "O":
      return openTrace(currentTarget);
    default:
      return selectTab(currentTarget, key, actions);
  }
}

/** What had the focus may belong to the request that goes; the panel itself stays. */
function stepRequest(panel: HTMLElement, actions: PanelKeyActions, by: -1 | 1): boolean {
  const id = actions.requestIds[actions.requestIds.indexOf(actions.requestId ?? "") + by];
  if (id === undefined || id === actions.requestId) return false;
  panel.focus();
  actions.onSelectRequest(id);
  return true;
}

function selectTab(panel: HTMLElement, key: string, actions: PanelKeyActions): boolean {
  const tab = /^[1-9]$/.test(key) ? TAB_IDS[Number(key) - 1] : undefined;
  if (tab === undefined) return false;
  actions.onSelectTab(tab);
  return focusFirst(panel, `[data-tab="${tab}"]`);
}

/** The span that is shown, else the whole trace. */
function openTrace(panel: HTMLElement): boolean {
  const link =
    panel.querySelector<HTMLElement>("[data-span-link]") ??
    panel.querySelector<HTMLElement>("[data-trace-link]");
  link?.click();
  return link !== null;
}

function focusFirst(panel: HTMLElement, selector: string): boolean {
  const element = panel.querySelector<HTMLElement>(selector);
  element?.focus();
  return element !== null;
}

function isField(target: EventTarget): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}
