"use client";

import { Check, type LucideIcon } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { Icon } from "./icon";

export const Menu = DropdownMenu.Root;
export const MenuTrigger = DropdownMenu.Trigger;
export const MenuRadioGroup = DropdownMenu.RadioGroup;

const ROW =
  "flex min-h-8 w-full cursor-default select-none items-center gap-2 rounded-chip px-2 py-1 text-fg0 outline-none data-[disabled]:opacity-50 data-[highlighted]:bg-bg2 max-sm:min-h-11";

export function MenuContent({ className, ...props }: ComponentProps<typeof DropdownMenu.Content>) {
  return (
    <DropdownMenu.Portal>
      <DropdownMenu.Content
        sideOffset={4}
        collisionPadding={8}
        align="start"
        className={cn(
          "z-40 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 max-w-[calc(100vw-16px)] animate-appear overflow-auto rounded-card bg-bg0 p-1 text-chrome shadow-overlay dark:bg-bg2",
          "dark:[&_[data-highlighted]]:bg-bg3",
          className,
        )}
        {...props}
      />
    </DropdownMenu.Portal>
  );
}

interface MenuItemProps extends ComponentProps<typeof DropdownMenu.Item> {
  icon?: LucideIcon;
  danger?: boolean;
}

/** With `asChild` the only child (a link, say) is the row, icon and all. */
export function MenuItem({ icon, danger, className, children, ...props }: MenuItemProps) {
  if (props.asChild) {
    return (
      <DropdownMenu.Item className={cn(ROW, className)} {...props}>
        {children}
      </DropdownMenu.Item>
    );
  }
  return (
    <DropdownMenu.Item className={cn(ROW, danger && "text-err", className)} {...props}>
      {icon ? <Icon of={icon} size={14} className={danger ? undefined : "text-fg2"} /> : null}
      {children}
    </DropdownMenu.Item>
  );
}

interface MenuChoiceProps extends Omit<ComponentProps<typeof DropdownMenu.RadioItem>, "title"> {
  title: ReactNode;
  /** Second line in grey. */
  detail?: ReactNode;
}

/** One of several values; the chosen one has a check mark. */
export function MenuChoice({ title, detail, className, ...props }: MenuChoiceProps) {
  return (
    <DropdownMenu.RadioItem className={cn(ROW, className)} {...props}>
      <span className="min-w-0 flex-1">
        <span className="block truncate">{title}</span>
        {detail ? <span className="block text-fg2 text-meta">{detail}</span> : null}
      </span>
      <DropdownMenu.ItemIndicator>
        <Icon of={Check} size={14} className="text-fg1" />
      </DropdownMenu.ItemIndicator>
    </DropdownMenu.RadioItem>
  );
}

/** One of several things that are each on or off; the menu stays open. */
export function MenuCheck({
  className,
  children,
  ...props
}: ComponentProps<typeof DropdownMenu.CheckboxItem>) {
  return (
    <DropdownMenu.CheckboxItem
      className={cn(ROW, className)}
      onSelect={(event) => event.preventDefault()}
      {...props}
    >
      <span className="flex min-w-0 flex-1 items-center gap-2">{children}</span>
      <DropdownMenu.ItemIndicator>
        <Icon of={Check} size={14} className="text-fg1" />
      </DropdownMenu.ItemIndicator>
    </DropdownMenu.CheckboxItem>
  );
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="my-1 h-px bg-line" />;
}
