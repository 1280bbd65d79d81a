"use client";

import { Portal } from "radix-ui";
import { DismissableLayer, Popper } from "radix-ui/internal";
import type { ReactNode, RefObject } from "react";

interface TooltipBubbleProps {
  id: string;
  /** What it stands beside. */
  control: RefObject<HTMLElement | null>;
  side: "top" | "bottom" | "left" | "right";
  onPointerEnter(): void;
  onPointerLeave(): void;
  /** Escape, or a click elsewhere. */
  onDismiss(): void;
  children: ReactNode;
}

export default function TooltipBubble(props: TooltipBubbleProps) {
  const { id, control, side, onPointerEnter, onPointerLeave, onDismiss, children } = props;
  return (
    <Popper.Root>
      <Popper.Anchor virtualRef={control} />
      <Portal.Root>
        <DismissableLayer.Root
          asChild
          onFocusOutside={(event) => event.preventDefault()}
          onDismiss={onDismiss}
        >
          <Popper.Content
            id={id}
            role="tooltip"
            side={side}
            sideOffset={4}
            collisionPadding={8}
            onPointerEnter={onPointerEnter}
            onPointerLeave={onPointerLeave}
            className="z-50 flex max-w-80 animate-appear items-center gap-2 rounded-row bg-ink px-2 py-1 text-meta text-on-ink"
          >
            {children}
          </Popper.Content>
        </DismissableLayer.Root>
      </Portal.Root>
    </Popper.Root>
  );
}
