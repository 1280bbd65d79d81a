import { ChevronRight } from "lucide-react";
import { cn } from "@/components/ui/cn";
import { Icon } from "@/components/ui/icon";
import type { Span } from "@/lib/domain/run-record";
import type { SpanBar as Bar } from "@/lib/run-view/timeline";
import { kindColor } from "../span-kind";

const WAIT = "bg-[repeating-linear-gradient(135deg,transparent_0_3px,var(--bg0)_3px_5px)] opacity-60";
const FAILED =
  "bg-[repeating-linear-gradient(135deg,transparent_0_3px,color-mix(in_srgb,var(--bg0)_55%,transparent)_3px_5px)]";
const END_CAP =
  "after:absolute after:-top-[3px] after:-right-0.5 after:-bottom-[3px] after:w-0.5 after:rounded-[1px] after:bg-fg0";

/** A span's time in the window: hatched while it waits for a first token, red and hatched when it failed. */
export function SpanBar({ span, bar }: { span: Span; bar: Bar }) {
  const failed = span.status === "error";
  const running = span.status === "running";
  const root = span.kind === "request";
  const backgroundColor = failed ? "var(--err)" : kindColor(span.kind);
  const part = cn(
    "absolute min-w-[3px] forced-color-adjust-none",
    root ? "top-[calc(50%-2px)] h-1" : "top-[calc(50%-5px)] h-2.5",
  );
  const worked = { left: bar.left + bar.wait, width: bar.width - bar.wait };
  const waits = bar.wait > 0 && !failed;
  return (
    <>
      {waits ? (
        <i
          className={cn(part, WAIT, "rounded-l-bar", running && worked.width === 0 && "animate-breathe")}
          style={{ ...place(bar.left, bar.wait), backgroundColor }}
        />
      ) : null}
      {waits && worked.width === 0 && !running ? null : (
        <i
          className={cn(
            part,
            "rounded-bar",
            bar.cutLeft && "rounded-l-none",
            (bar.cutRight || running) && "rounded-r-none",
            failed && FAILED,
            running && "animate-breathe",
            running && !bar.cutRight && END_CAP,
          )}
          style={{
            ...(waits ? place(worked.left, worked.width) : place(bar.left, bar.width)),
            backgroundColor,
          }}
        />
      )}
      {bar.cutRight && !root ? (
        <Icon of={ChevronRight} size={12} className="absolute top-[calc(50%-6px)] right-0 text-bg0" />
      ) : null}
    </>
  );
}

/** The shortest bar is three pixels wide and still inside. */
function place(left: number, width: number) {
  return { left: `min(${left * 100}%, 100% - 3px)`, width: `${width * 100}%` };
}
