"use client";

import { Slot } from "radix-ui";
import {
  type ComponentProps,
  createContext,
  type KeyboardEvent,
  lazy,
  type PointerEvent,
  type ReactNode,
  type RefObject,
  Suspense,
  use,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";
import type { MenuOverlayProps } from "./menu-parts";

/** What opens is a chunk of its own, which no page loads before a menu is about to be opened. */
const loadParts = () => import("./menu-parts");

const MenuOverlay = lazy(async () => ({ default: (await loadParts()).MenuOverlay }));
export const MenuItem = lazy(async () => ({ default: (await loadParts()).MenuItem }));
export const MenuChoice = lazy(async () => ({ default: (await loadParts()).MenuChoice }));
export const MenuCheck = lazy(async () => ({ default: (await loadParts()).MenuCheck }));
export const MenuRadioGroup = lazy(async () => ({ default: (await loadParts()).MenuRadioGroup }));
export const MenuSeparator = lazy(async () => ({ default: (await loadParts()).MenuSeparator }));

interface MenuState {
  open: boolean;
  setOpen: (next: (open: boolean) => boolean) => void;
  trigger: RefObject<HTMLButtonElement | null>;
  triggerId: string;
  contentId: string;
  /** The key that opened it wants to be on the first entry. */
  openedByKey: RefObject<boolean>;
}

const MenuContext = createContext<MenuState | null>(null);

function useMenu(): MenuState {
  const menu = use(MenuContext);
  if (!menu) throw new Error("A part of a menu stands outside of any.");
  return menu;
}

/** A button and the menu that it opens; the rest of the page stays in use. */
export function Menu({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const openedByKey = useRef(false);
  const id = useId();
  const state = useMemo(
    () => ({
      open,
      setOpen,
      trigger,
      triggerId: `${id}-trigger`,
      contentId: `${id}-content`,
      openedByKey,
    }),
    [open, id],
  );
  return <MenuContext value={state}>{children}</MenuContext>;
}

interface MenuTriggerProps extends ComponentProps<"button"> {
  /** The only child is the button. */
  asChild?: boolean;
}

export function MenuTrigger({ asChild = false, ...props }: MenuTriggerProps) {
  const { open, setOpen, trigger, triggerId, contentId, openedByKey } = useMenu();
  const Button = asChild ? Slot.Root : "button";
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0 || event.ctrlKey) return;
    openedByKey.current = false;
    setOpen((before) => !before);
    // The menu takes the focus as it opens.
    if (!open) event.preventDefault();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!["Enter", " ", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    openedByKey.current = true;
    setOpen((before) => event.key === "ArrowDown" || !before);
  };
  return (
    <Button
      type="button"
      aria-haspopup="menu"
      aria-expanded={open}
      aria-controls={open ? contentId : undefined}
      data-state={open ? "open" : "closed"}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
      onPointerEnter={() => void loadParts()}
      onFocus={() => void loadParts()}
      {...props}
      id={triggerId}
      ref={trigger}
    />
  );
}

type MenuContentProps = Omit<MenuOverlayProps, keyof MenuState | "onOpenChange">;

export function MenuContent(props: MenuContentProps) {
  const { setOpen, ...menu } = useMenu();
  const [wanted, setWanted] = useState(false);
  if (menu.open && !wanted) setWanted(true);
  if (!wanted) return null;
  return (
    <Suspense fallback={null}>
      <MenuOverlay {...props} {...menu} onOpenChange={(open) => setOpen(() => open)} />
    </Suspense>
  );
}
