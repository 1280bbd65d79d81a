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
        "inline-block min-w-[18px] rounded-chip border text-center font-medium font-sans text-fg2 text-label",
        bare ? "border-transparent" : "border-line bg-bg1 px-1",
        className,
      )}
      {...props}
    />
  );
}
