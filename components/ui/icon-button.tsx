"use client";

import type { ComponentProps } from "react";
import { cn } from "./cn";
import { type Glyph, Icon } from "./icon";
import { Tooltip } from "./tooltip";

interface IconButtonProps extends Omit<ComponentProps<"button">, "children"> {
  icon: Glyph;
  /** Accessible name, shown as tooltip too. */
  label: string;
  /** Shortcut, shown in the tooltip. */
  keys?: string | undefined;
  size?: "md" | "sm" | "xs";
  /** Looks pressed; `aria-pressed` is set when it is given. */
  pressed?: boolean | undefined;
  side?: "top" | "bottom" | "left" | "right";
}

const BOX = {
  md: "size-7 rounded-row max-sm:size-9",
  sm: "size-6 rounded-chip max-sm:size-7",
  xs: "size-5 rounded-chip max-sm:size-6",
} as const;
const GLYPH = { md: 16, sm: 14, xs: 12 } as const;

export function IconButton(props: IconButtonProps) {
  const { icon, label, keys, size = "md", pressed, side, className, type = "button", ...rest } = props;
  return (
    <Tooltip label={label} keys={keys} side={side}>
      <button
        type={type}
        aria-label={label}
        aria-pressed={pressed}
        className={cn(
          "inline-grid flex-none place-items-center transition-colors",
          "disabled:cursor-default disabled:bg-transparent disabled:opacity-40",
          BOX[size],
          pressed ? "bg-accent-bg text-accent" : "text-fg1 hover:bg-bg3 hover:text-fg0",
          className,
        )}
        {...rest}
      >
        <Icon of={icon} size={GLYPH[size]} />
      </button>
    </Tooltip>
  );
}
