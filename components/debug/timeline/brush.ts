import type { PointerEvent } from "react";
import { moveWindow, resizeWindow, type TimeWindow, windowBetween } from "@/lib/run-view/time-window";

/** What is dragged: one edge of the window, the window, or a new one. */
export type Grip = "start" | "end" | "move" | "new";

interface Brush {
  /** The element whose width is the whole run. */
  track: HTMLElement;
  grip: Grip;
  window: TimeWindow;
  totalMs: number;
  onWindow(window: TimeWindow): void;
}

/** Less than this is a click, not a drag. */
const SLACK_PX = 3;

/** Follows the pointer from its press to its release and reports the window that is dragged. */
export function startBrush(press: PointerEvent<HTMLElement>, brush: Brush): void {
  const { track, grip, onWindow } = brush;
  const box = track.getBoundingClientRect();
  const toMs = (x: number) => ((x - box.left) / box.width) * brush.totalMs;
  const fromX = press.clientX;
  let dragged = false;
  const follow = (event: globalThis.PointerEvent) => {
    dragged ||= Math.abs(event.clientX - fromX) >= SLACK_PX;
    if (dragged) onWindow(draggedWindow(brush, grip, toMs(fromX), toMs(event.clientX)));
  };
  const stop = () => {
    globalThis.removeEventListener("pointermove", follow);
    globalThis.removeEventListener("pointerup", stop);
    globalThis.removeEventListener("pointercancel", stop);
  };
  globalThis.addEventListener("pointermove", follow);
  globalThis.addEventListener("pointerup", stop);
  globalThis.addEventListener("pointercancel", stop);
}

function draggedWindow({ window, totalMs }: Brush, grip: Grip, fromMs: number, toMs: number): TimeWindow {
  if (grip === "new") return windowBetween(fromMs, toMs, totalMs);
  if (grip === "move") return moveWindow(window, toMs - fromMs, totalMs);
  return resizeWindow(window, grip, toMs, totalMs);
}
