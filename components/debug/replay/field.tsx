import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { cn } from "@/components/ui/cn";

interface FieldProps {
  label: string;
  /** The value before it was changed; null when it was not. */
  before: string | null;
  /** What is wrong with it; null when nothing is. */
  problem: string | null;
  hint?: string | null;
  className?: string;
  children(control: {
    id: string;
    "aria-invalid": boolean;
    "aria-describedby": string | undefined;
  }): ReactNode;
}

export const CONTROL =
  "h-8 w-full min-w-0 rounded-row border border-line2 bg-bg0 px-2 text-fg0 outline-none focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-accent aria-invalid:border-err max-sm:h-9";

/** One setting: its name, what it was before, the control, and what is wrong with it. */
export function Field({ label, before, problem, hint, className, children }: FieldProps) {
  const t = useTranslations("debug.replay");
  const id = useId();
  const described = problem !== null || hint ? `${id}-note` : undefined;
  return (
    <div className={cn("grid min-w-0 content-start gap-1", className)}>
      <div className="flex min-h-5 items-baseline gap-2">
        <label htmlFor={id} className="mono whitespace-nowrap text-fg1">
          {label}
        </label>
        {before === null ? null : (
          <span className="min-w-0 truncate text-accent text-label">{t("before", { value: before })}</span>
        )}
      </div>
      {children({ id, "aria-invalid": problem !== null, "aria-describedby": described })}
      {described ? (
        <p id={described} className={cn("text-label", problem === null ? "text-fg2" : "text-err")}>
          {problem ?? hint}
        </p>
      ) : null}
    </div>
  );
}
