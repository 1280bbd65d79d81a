import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "./cn";

/** How a field for text looks, whatever element it is. */
export const FIELD_BOX =
  "w-full min-w-0 rounded-chip border border-line2 bg-bg0 px-2 text-chrome text-fg0 outline-none focus:border-accent focus:outline-1 focus:outline-accent aria-invalid:border-err aria-invalid:focus:outline-err max-sm:text-dense";

/** What a field's control gets, so that the label, the hint and the error belong to it. */
export interface FieldControl {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

interface FieldProps {
  label: ReactNode;
  /** In grey behind the label. */
  note?: ReactNode;
  hint?: ReactNode;
  /** Takes the hint's place and is said by screen readers. */
  error?: string | null;
  /** In green in the hint's place. */
  success?: string | null;
  children(control: FieldControl): ReactNode;
}

/** A labelled control with one line below it that explains, confirms or complains. */
export function Field({ label, note, hint, error, success, children }: FieldProps) {
  const id = useId();
  const line = error ?? success ?? hint;
  return (
    <div className="grid gap-1">
      <span className="flex items-baseline justify-between gap-2">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {note ? <span className="text-fg2 text-label tabular-nums">{note}</span> : null}
      </span>
      {children({
        id,
        "aria-describedby": line ? `${id}-line` : undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {line ? (
        <p
          id={`${id}-line`}
          aria-live="polite"
          className={cn("text-meta", error ? "text-err" : success ? "text-ok" : "text-fg2")}
        >
          {line}
        </p>
      ) : null}
    </div>
  );
}

export function TextInput({ className, ...props }: ComponentProps<"input">) {
  return <input className={cn(FIELD_BOX, "h-8 max-sm:h-10", className)} {...props} />;
}

export function TextArea({ className, ...props }: ComponentProps<"textarea">) {
  return <textarea className={cn(FIELD_BOX, "block min-h-16 resize-y py-1.5", className)} {...props} />;
}
