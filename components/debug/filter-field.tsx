import type { LucideIcon } from "lucide-react";
import { cn } from "@/components/ui/cn";
import { Icon } from "@/components/ui/icon";
import { Kbd } from "@/components/ui/kbd";

interface FilterFieldProps {
  icon: LucideIcon;
  label: string;
  value: string;
  onChange(value: string): void;
  /** The field that `/` goes to. */
  primary?: boolean;
  /** Takes the focus when it appears, which somebody asked for. */
  autoFocus?: boolean;
  className?: string;
}

/** A small search field. Escape empties it, and leaves it when it is empty. */
export function FilterField({
  icon,
  label,
  value,
  onChange,
  primary,
  autoFocus,
  className,
}: FilterFieldProps) {
  return (
    <label
      className={cn(
        "flex h-6 min-w-0 items-center overflow-hidden gap-1.5 rounded-chip border border-line2 bg-bg0 px-1.5 text-fg2 text-meta max-sm:h-8",
        "focus-within:border-accent focus-within:outline-1 focus-within:outline-accent",
        className,
      )}
    >
      <Icon of={icon} size={12} />
      <input
        type="text"
        aria-label={label}
        placeholder={label}
        value={value}
        data-filter={primary || undefined}
        ref={autoFocus ? focusOnce : undefined}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          if (value === "") event.currentTarget.closest<HTMLElement>("[data-debug-panel]")?.focus();
          else onChange("");
        }}
        className="w-full min-w-0 flex-1 bg-transparent text-fg0 outline-none"
      />
      {primary ? <Kbd className="bg-bg2! max-sm:hidden">/</Kbd> : null}
    </label>
  );
}

function focusOnce(field: HTMLInputElement | null): void {
  field?.focus();
}
