"use client";

import { Tabs as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

/** Tabs with arrow keys and automatic activation. */
export const Tabs = Primitive.Root;

export function TabsList({ className, ...props }: ComponentProps<typeof Primitive.List>) {
  return (
    <Primitive.List
      className={cn(
        "no-scrollbar flex h-9.25 flex-none overflow-x-auto overflow-y-hidden border-line border-t bg-bg1 px-1.5 shadow-[inset_0_-1px_0_var(--line)] max-sm:h-10.25",
        className,
      )}
      {...props}
    />
  );
}

export function TabsTrigger({ className, ...props }: ComponentProps<typeof Primitive.Trigger>) {
  return (
    <Primitive.Trigger
      className={cn(
        "relative flex h-9 items-center gap-[5px] whitespace-nowrap px-2 font-medium text-fg1 hover:text-fg0 max-sm:h-10 max-sm:px-2.5",
        "focus-visible:-outline-offset-2 data-[state=active]:text-fg0",
        "data-[state=active]:after:absolute data-[state=active]:after:inset-x-2 data-[state=active]:after:bottom-0 data-[state=active]:after:h-0.5 data-[state=active]:after:rounded-[1px] data-[state=active]:after:bg-accent",
        className,
      )}
      {...props}
    />
  );
}

export function TabsContent({ className, ...props }: ComponentProps<typeof Primitive.Content>) {
  return <Primitive.Content className={cn("flex min-h-0 flex-1 flex-col", className)} {...props} />;
}
