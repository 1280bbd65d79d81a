"use client";

import { ToggleGroup } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { SEGMENT, SEGMENT_OTHER } from "./segment-style";

interface Segment<T extends string> {
  value: T;
  label: ReactNode;
}

interface SegmentedProps<T extends string> {
  label: string;
  value: T;
  segments: readonly Segment<T>[];
  onChange(value: T): void;
  className?: string;
}

/** One choice out of a few, all of them visible. */
export function Segmented<T extends string>({
  label,
  value,
  segments,
  onChange,
  className,
}: SegmentedProps<T>) {
  const choose = (next: string) => {
    const chosen = segments.find((segment) => segment.value === next);
    if (chosen) onChange(chosen.value);
  };
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={choose}
      className={cn("inline-flex rounded-row bg-bg2 p-0.5", className)}
    >
      {segments.map((segment) => (
        <ToggleGroup.Item
          key={segment.value}
          value={segment.value}
          className={cn(
            SEGMENT,
            SEGMENT_OTHER,
            "data-[state=on]:bg-bg0 data-[state=on]:text-fg0 data-[state=on]:shadow-[0_0_0_1px_var(--line),var(--sh1)]",
            "dark:data-[state=on]:bg-bg3 dark:data-[state=on]:shadow-none",
          )}
        >
          {segment.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
