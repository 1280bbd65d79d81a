"use client";

import { Bug, Menu, PanelLeft, PanelRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Icon } from "@/components/ui/icon";
import { IconButton } from "@/components/ui/icon-button";
import { Kbd } from "@/components/ui/kbd";
import { useShortcutLabel } from "../use-shortcut-label";
import { KbPicker } from "./kb-picker";
import { type Privacy, PrivacySwitch } from "./privacy-switch";

interface ChatHeaderProps {
  kbPrefix: string;
  resolvedKb: string | null;
  onKbPrefix(prefix: string): void;
  /** Shows the conversations where they are hidden. */
  onShowNav(): void;
  navHidden: boolean;
  privacy: Privacy;
  /** null without the debug role. */
  debug: { open: boolean; toggle(): void } | null;
}

export function ChatHeader({
  kbPrefix,
  resolvedKb,
  onKbPrefix,
  onShowNav,
  navHidden,
  privacy,
  debug,
}: ChatHeaderProps) {
  const t = useTranslations();
  return (
    <header className="flex h-12 flex-none items-center gap-2 border-line border-b px-3 max-sm:px-2">
      <IconButton icon={Menu} label={t("nav.menu")} onClick={onShowNav} className="sm:hidden" />
      <IconButton
        icon={PanelLeft}
        label={t("nav.expand")}
        onClick={onShowNav}
        className={cn("max-sm:hidden", !navHidden && "hidden!")}
      />
      <KbPicker value={kbPrefix} resolved={resolvedKb} onChange={onKbPrefix} />
      <PrivacySwitch {...privacy} />
      <span className="flex-1" />
      {debug ? <DebugToggle {...debug} /> : null}
    </header>
  );
}

function DebugToggle({ open, toggle }: { open: boolean; toggle(): void }) {
  const t = useTranslations("chat");
  const label = useShortcutLabel();
  return (
    <>
      <Button
        variant="ghost"
        data-debug-toggle
        aria-pressed={open}
        onClick={toggle}
        className={cn("hover:bg-bg2! max-sm:hidden", open && "bg-bg2! text-fg0!")}
      >
        <Icon of={PanelRight} />
        {t("debug")}
        <Kbd bare>{label("debug")}</Kbd>
      </Button>
      <IconButton icon={Bug} label={t("debug")} pressed={open} onClick={toggle} className="sm:hidden" />
    </>
  );
}
