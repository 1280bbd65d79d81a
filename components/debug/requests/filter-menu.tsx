import { ChevronDown } from "lucide-react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Icon } from "@/components/ui/icon";
import { Menu, MenuChoice, MenuContent, MenuRadioGroup, MenuTrigger } from "@/components/ui/menu";

export interface FilterOption<T> {
  value: T;
  title: string;
}

interface FilterMenuProps<T> {
  label: string;
  /** What choosing nothing is called. */
  any: string;
  value: T | null;
  options: readonly FilterOption<T>[];
  onChange(value: T | null): void;
}

const ANY = "";

/** A small button that says what is chosen, over a menu of the choices. */
export function FilterMenu<T extends string | number>(props: FilterMenuProps<T>) {
  const { label, any, value, options, onChange } = props;
  const chosen = options.find((option) => option.value === value) ?? null;
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button
          size="sm"
          aria-label={`${label}: ${chosen?.title ?? any}`}
          className={cn(
            "min-w-0 max-w-40 px-1.5!",
            chosen ? "border-accent-line! bg-accent-bg! text-accent!" : "font-normal! text-fg1!",
          )}
        >
          <span className="truncate">{chosen?.title ?? label}</span>
          <Icon of={ChevronDown} size={12} />
        </Button>
      </MenuTrigger>
      <MenuContent>
        <MenuRadioGroup
          value={value === null ? ANY : String(value)}
          onValueChange={(next) =>
            onChange(options.find((option) => String(option.value) === next)?.value ?? null)
          }
        >
          <MenuChoice value={ANY} title={any} />
          {options.map((option) => (
            <MenuChoice key={option.value} value={String(option.value)} title={option.title} />
          ))}
        </MenuRadioGroup>
      </MenuContent>
    </Menu>
  );
}
