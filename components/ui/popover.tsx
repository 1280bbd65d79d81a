"use client";

import { Popover as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export const Popover = Primitive.Root;
export const PopoverAnchor = Primitive.Anchor;
export const PopoverTrigger = Primitive.Trigger;

interface PopoverContentProps extends ComponentProps<typeof Primitive.Content> {
  /** Where in the document it lies; at the end of the body unless told. */
  container?: HTMLElement | null;
}

export function PopoverContent({ container, className, ...props }: PopoverContentProps) {
  return (
    <Primitive.Portal container={container ?? null}>
      <Primitive.Content
        sideOffset={6}
        collisionPadding={8}
        className={cn(
          "z-40 w-90 max-w-[calc(100vw-16px)] animate-appear rounded-card bg-bg0 text-chrome shadow-overlay dark:bg-bg2",
          className,
        )}
        {...props}
      />
    </Primitive.Portal>
  );
}
