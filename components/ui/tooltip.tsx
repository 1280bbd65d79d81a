"use client";

import { Tooltip as Primitive } from "radix-ui";
import type { ReactNode } from "react";

interface TooltipProps {
  label: ReactNode;
  keys?: string | undefined;
  side?: "top" | "bottom" | "left" | "right" | undefined;
  /** The control it describes; must take a ref. */
  children: ReactNode;
}

/** Sits once around the page: tooltips next to each other open at once after the first. */
export const TooltipProvider = Primitive.Provider;

export function Tooltip({ label, keys, side = "bottom", children }: TooltipProps) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className="pointer-events-none z-50 flex max-w-80 animate-appear items-center gap-2 rounded-row bg-ink px-2 py-1 text-meta text-on-ink"
        >
          {label}
          {keys ? <span className="opacity-75">{keys}</span> : null}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
