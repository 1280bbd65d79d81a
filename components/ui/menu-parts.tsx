"use client";

import { Check, type LucideIcon } from "lucide-react";
import { Menu } from "radix-ui/internal";
import { type ComponentProps, type FocusEvent, type ReactNode, type RefObject, useRef } from "react";
import { cn } from "./cn";
import { Icon } from "./icon";

export const MenuRadioGroup = Menu.RadioGroup;

const ROW =
  "flex min-h-8 w-full cursor-default select-none items-center gap-2 rounded-chip px-2 py-1 outline-none data-[disabled]:opacity-50 data-[highlighted]:bg-bg2 max-sm:min-h-11";

export interface MenuOverlayProps extends ComponentProps<typeof Menu.Content> {
  open: boolean;
  onOpenChange(open: boolean): void;
  trigger: RefObject<HTMLElement | null>;
  triggerId: string;
  contentId: string;
  openedByKey: RefObject<boolean>;
}

/** What a menu's button opens; as it closes, the focus goes back to the button, unless it went elsewhere. */
export function MenuOverlay(props: MenuOverlayProps) {
  const { open, onOpenChange, trigger, triggerId, contentId, openedByKey, className, ...rest } = props;
  const leftByPointer = useRef(false);
  // Radix knows a key that opens only once it is there itself.
  const goToFirst = (event: FocusEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || !openedByKey.current) return;
    openedByKey.current = false;
    event.currentTarget.querySelector<HTMLElement>("[role^=menuitem]:not([aria-disabled=true])")?.focus();
  };
  return (
    <Menu.Root open={open} onOpenChange={onOpenChange} modal={false}>
      <Menu.Anchor virtualRef={trigger} />
      <Menu.Portal>
        <Menu.Content
          id={contentId}
          aria-labelledby={triggerId}
          sideOffset={4}
          collisionPadding={8}
          align="start"
          onFocus={goToFirst}
          onInteractOutside={() => {
            leftByPointer.current = true;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (!leftByPointer.current) trigger.current?.focus();
            leftByPointer.current = false;
          }}
          className={cn(
            "z-40 max-h-(--radix-popper-available-height) min-w-44 max-w-[calc(100vw-16px)] animate-appear overflow-auto rounded-card bg-bg0 p-1 text-chrome shadow-overlay dark:bg-bg2",
            "dark:[&_[data-highlighted]]:bg-bg3",
            className,
          )}
          {...rest}
        />
      </Menu.Portal>
    </Menu.Root>
  );
}

interface MenuItemProps extends ComponentProps<typeof Menu.Item> {
  icon?: LucideIcon;
  danger?: boolean;
}

/** With `asChild` the only child (a link, say) is the row, icon and all. */
export function MenuItem({ icon, danger, className, children, ...props }: MenuItemProps) {
  if (props.asChild) {
    return (
      <Menu.Item className={cn(ROW, "text-fg0", className)} {...props}>
        {children}
      </Menu.Item>
    );
  }
  return (
    <Menu.Item className={cn(ROW, danger ? "text-err" : "text-fg0", className)} {...props}>
      {icon ? <Icon of={icon} size={14} className={danger ? undefined : "text-fg2"} /> : null}
      {children}
    </Menu.Item>
  );
}

interface MenuChoiceProps extends Omit<ComponentProps<typeof Menu.RadioItem>, "title"> {
  title: ReactNode;
  /** Second line in grey. */
  detail?: ReactNode;
}

/** One of several values; the chosen one has a check mark. */
export function MenuChoice({ title, detail, className, ...props }: MenuChoiceProps) {
  return (
    <Menu.RadioItem className={cn(ROW, "text-fg0", className)} {...props}>
      <span className="min-w-0 flex-1">
        <span className="block truncate">{title}</span>
        {detail ? <span className="block text-fg2 text-meta">{detail}</span> : null}
      </span>
      <Menu.ItemIndicator>
        <Icon of={Check} size={14} className="text-fg1" />
      </Menu.ItemIndicator>
    </Menu.RadioItem>
  );
}

/** One of several things that are each on or off; the menu stays open. */
export function MenuCheck({ className, children, ...props }: ComponentProps<typeof Menu.CheckboxItem>) {
  return (
    <Menu.CheckboxItem
      className={cn(ROW, "text-fg0", className)}
      onSelect={(event) => event.preventDefault()}
      {...props}
    >
      <span className="flex min-w-0 flex-1 items-center gap-2">{children}</span>
      <Menu.ItemIndicator>
        <Icon of={Check} size={14} className="text-fg1" />
      </Menu.ItemIndicator>
    </Menu.CheckboxItem>
  );
}

export function MenuSeparator() {
  return <Menu.Separator className="my-1 h-px bg-line" />;
}
