import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "./cn";

const badge = cva(
  "inline-flex h-4 items-center gap-[3px] whitespace-nowrap rounded-tag border px-[5px] font-medium text-label leading-[0.875rem]",
  {
    variants: {
      tone: {
        plain: "border-line2 text-fg1",
        accent: "border-accent-line bg-accent-bg text-accent",
        ok: "border-ok-line bg-ok-bg text-ok",
        err: "border-err-line bg-err-bg text-err",
        warn: "border-warn-line bg-warn-bg text-warn",
      },
    },
    defaultVariants: { tone: "plain" },
  },
);

/** A small tag that names a state. */
export function Badge({ tone, className, ...props }: ComponentProps<"span"> & VariantProps<typeof badge>) {
  return <span className={cn(badge({ tone }), className)} {...props} />;
}
