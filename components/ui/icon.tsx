import type { ComponentType, SVGProps } from "react";
import { cn } from "./cn";

const SIZE = { 10: "size-2.5", 12: "size-3", 14: "size-3.5", 16: "size-4", 20: "size-5" } as const;

/** Any drawing that takes its size and colour from its class names; all of lucide's do. */
export type Glyph = ComponentType<Pick<SVGProps<SVGSVGElement>, "className" | "strokeWidth" | "aria-hidden">>;

interface IconProps {
  of: Glyph;
  size?: keyof typeof SIZE;
  className?: string | undefined;
}

/** A decorative line icon; the name of what it stands for belongs to the control around it. */
export function Icon({ of: Drawing, size = 16, className }: IconProps) {
  return (
    <Drawing
      aria-hidden
      className={cn("block flex-none", SIZE[size], className)}
      strokeWidth={size <= 12 ? 2 : 1.75}
    />
  );
}
