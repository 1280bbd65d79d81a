"use client";

import { Switch as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

interface SwitchProps extends Omit<ComponentProps<typeof Primitive.Root>, "children"> {
  /** Accessible name. */
  label: string;
}

/** On or off, taking effect at once. */
export function Switch({ label, className, ...props }: SwitchProps) {
  return (
    <Primitive.Root
      aria-label={label}
      className={cn(
        "group relative inline-flex h-6 w-8 flex-none items-center rounded-chip disabled:opacity-50 max-sm:h-9 max-sm:w-10",
        className,
      )}
      {...props}
    >
      <span className="mx-auto flex h-4 w-7 items-center rounded-full bg-line3 p-0.5 transition-colors group-data-[state=checked]:bg-accent">
        <Primitive.Thumb className="size-3 rounded-full bg-bg0 transition-transform data-[state=checked]:translate-x-3" />
      </span>
    </Primitive.Root>
  );
}
