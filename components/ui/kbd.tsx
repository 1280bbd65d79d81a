import type { ComponentProps } from "react";
import { cn } from "./cn";

interface KbdProps extends ComponentProps<"kbd"> {
  /** Without the box, for shortcuts inside of a control. */
  bare?: boolean;
}

export function Kbd({ bare = false, className, ...props }: KbdProps) {
  return (
    <kbd
      className={cn(
        "inline-block min-w-[18px] rounded-chip border px-1 text-center font-medium font-sans text-fg2 text-label",
        bare ? "border-transparent bg-transparent px-0" : "border-line bg-bg1",
        className,
      )}
      {...props}
    />
  );
}
