import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

interface SectionHeadingProps {
  title: string;
  /** In grey behind the title. */
  detail?: ReactNode;
  /** At the right edge. */
  children?: ReactNode;
  className?: string;
}

export function SectionHeading({ title, detail, children, className }: SectionHeadingProps) {
  return (
    <div
      className={cn(
        "flex items-center gap-2 whitespace-nowrap px-3 pt-3 pb-1.5 text-meta leading-[1.25rem]",
        className,
      )}
    >
      <h3 className="font-semibold">{title}</h3>
      {detail ? <span className="min-w-0 truncate text-fg2 tabular-nums">{detail}</span> : null}
      {children ? <span className="ml-auto flex items-center gap-1.5">{children}</span> : null}
    </div>
  );
}
