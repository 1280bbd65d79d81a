import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

const button = cva(
  "inline-flex items-center whitespace-nowrap rounded-row border font-medium transition-colors disabled:cursor-default disabled:opacity-50",
  {
    variants: {
      variant: {
        outline: "border-line2 bg-bg0 text-fg0 hover:bg-bg2",
        primary: "border-ink bg-ink text-on-ink hover:bg-ink-hover",
        ghost: "border-transparent bg-transparent text-fg1 hover:bg-bg3 hover:text-fg0",
        danger: "border-err-line bg-err-bg text-err hover:border-err",
        warn: "border-warn-line bg-warn-bg text-warn hover:border-warn",
        dashed: "border-line2 border-dashed bg-bg0 text-fg1 hover:bg-bg2",
        busy: "cursor-progress border-line2 bg-bg2 text-fg1",
      },
      size: {
        md: "h-7 gap-1.5 px-2.5 max-sm:h-8",
        sm: "h-6 gap-1 px-2 text-meta max-sm:h-8",
      },
    },
    defaultVariants: { variant: "outline", size: "md" },
  },
);

interface ButtonProps extends ComponentProps<"button">, VariantProps<typeof button> {
  /** Gives the look to the only child (a link, say) instead of a button. */
  asChild?: boolean;
}

export function Button({ asChild, variant, size, className, type = "button", ...props }: ButtonProps) {
  if (asChild) return <Slot.Root className={cn(button({ variant, size }), className)} {...props} />;
  return <button type={type} className={cn(button({ variant, size }), className)} {...props} />;
}
