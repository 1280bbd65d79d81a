"use client";

import { MessageSquareLock } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Icon } from "@/components/ui/icon";
import { Tooltip } from "@/components/ui/tooltip";

export interface Privacy {
  /** Whether the conversation is private. */
  on: boolean;
  /** null once the conversation has begun: it stays as it is then. */
  set: ((on: boolean) => void) | null;
}

/** Makes a new conversation private; one that has begun says that it is. */
export function PrivacySwitch({ on, set }: Privacy) {
  const t = useTranslations("private");
  if (!set) {
    return on ? (
      <Badge tone="accent" className="h-5! gap-1!">
        <Icon of={MessageSquareLock} size={12} />
        {t("badge")}
      </Badge>
    ) : null;
  }
  return (
    <Tooltip label={t(on ? "turnOff" : "turnOn")}>
      <Button
        variant="ghost"
        aria-pressed={on}
        aria-label={t("switch")}
        onClick={() => set(!on)}
        className={cn(
          "max-sm:h-9! max-sm:justify-center",
          on ? "bg-accent-bg! text-accent! max-sm:px-2!" : "hover:bg-bg2! max-sm:w-9 max-sm:px-0!",
        )}
      >
        <Icon of={MessageSquareLock} />
        <span className={cn(!on && "max-sm:hidden")}>{t("badge")}</span>
      </Button>
    </Tooltip>
  );
}
