import { cn } from "@/components/ui/cn";

/** The letter that stands for one of the two runs. */
export function SideMark({ side }: { side: "a" | "b" }) {
  return (
    <span
      aria-hidden
      className={cn(
        "grid size-[18px] flex-none place-items-center rounded-chip font-semibold text-bg0 text-label",
        side === "a" ? "bg-accent" : "bg-fg1",
      )}
    >
      {side.toUpperCase()}
    </span>
  );
}
