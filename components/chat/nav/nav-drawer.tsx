"use client";

import { useTranslations } from "next-intl";
import { Dialog } from "radix-ui";
import { focusContent } from "@/components/ui/focus-content";
import { useReturnFocus } from "@/components/ui/use-return-focus";
import { NavPanel, type NavPanelProps } from "./nav-panel";

interface NavDrawerProps extends Omit<NavPanelProps, "onCollapse"> {
  onClose(): void;
}

/** The navigation over the page, where there is no room beside it. Choosing something closes it. */
export default function NavDrawer({ onClose, ...props }: NavDrawerProps) {
  const t = useTranslations("nav");
  const returnFocus = useReturnFocus(focusContent);
  const closing =
    <A extends unknown[]>(act: (...args: A) => void) =>
    (...args: A) => {
      onClose();
      act(...args);
    };
  return (
    <Dialog.Root open onOpenChange={onClose}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-30 animate-appear bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          {...returnFocus}
          className="fixed inset-y-0 left-0 z-30 flex w-70 max-w-[86vw] animate-slide-left flex-col bg-bg1 shadow-overlay outline-none"
        >
          <Dialog.Title className="sr-only">{t("label")}</Dialog.Title>
          <NavPanel
            {...props}
            onNewChat={closing(props.onNewChat)}
            onSearch={closing(props.onSearch)}
            onOpen={closing(props.onOpen)}
            onShare={closing(props.onShare)}
            onCollapse={onClose}
          />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
