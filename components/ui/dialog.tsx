"use client";

import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { focusContent } from "./focus-content";
import { IconButton } from "./icon-button";
import { useReturnFocus } from "./use-return-focus";

export const Dialog = Primitive.Root;

interface DialogContentProps extends Omit<ComponentProps<typeof Primitive.Content>, "title"> {
  title: string;
  /** Keeps the title for screen readers only, when the content shows what the dialog is for. */
  titleHidden?: boolean;
  closeLabel: string;
  children: ReactNode;
}

export function DialogContent(props: DialogContentProps) {
  const { title, titleHidden, closeLabel, className, children, ...rest } = props;
  const returnFocus = useReturnFocus(titleHidden ? undefined : focusContent);
  return (
    <Primitive.Portal>
      <Primitive.Overlay className="fixed inset-0 z-40 animate-appear bg-scrim" />
      <Primitive.Content
        aria-describedby={undefined}
        {...returnFocus}
        className={cn(
          "fixed top-[12vh] left-1/2 z-50 flex max-h-[76vh] w-[calc(100vw-24px)] max-w-120 -translate-x-1/2 animate-appear flex-col overflow-hidden rounded-bubble bg-bg0 shadow-overlay outline-none dark:bg-bg1",
          className,
        )}
        {...rest}
      >
        {titleHidden ? (
          <Primitive.Title className="sr-only">{title}</Primitive.Title>
        ) : (
          <header className="flex h-12 flex-none items-center gap-2 border-line border-b pr-2.5 pl-4">
            <Primitive.Title className="flex-1 font-semibold text-dense">{title}</Primitive.Title>
            <Primitive.Close asChild>
              <IconButton icon={X} label={closeLabel} />
            </Primitive.Close>
          </header>
        )}
        {children}
      </Primitive.Content>
    </Primitive.Portal>
  );
}
