"use client";

import { ChevronDown, Network } from "lucide-react";
import { useTranslations } from "next-intl";
import { Icon } from "@/components/ui/icon";
import { Menu, MenuChoice, MenuContent, MenuRadioGroup, MenuTrigger } from "@/components/ui/menu";
import type { AgentType } from "@/lib/domain/agent";
import { AGENT_CHOICES, type AgentChoice } from "./agent-choices";

interface AgentPickerProps {
  value: AgentType;
  onChange(agentType: AgentType): void;
}

/** Which retrievers look for passages. */
export function AgentPicker({ value, onChange }: AgentPickerProps) {
  const t = useTranslations("composer.agents");
  const chosen: AgentChoice = value === "fusion_agent" ? "auto" : value;
  const choose = (name: string) => onChange(AGENT_CHOICES.find((agent) => agent === name) ?? "auto");
  return (
    <Menu>
      <MenuTrigger className="inline-flex h-7 items-center gap-1.5 whitespace-nowrap rounded-row px-2 font-medium text-fg1 transition-colors hover:bg-bg2 max-sm:h-9">
        <Icon of={Network} className="text-fg2" />
        <span className="sr-only">{t("label")}</span>
        {t(chosen)}
        <Icon of={ChevronDown} size={14} className="text-fg2" />
      </MenuTrigger>
      <MenuContent side="top">
        <MenuRadioGroup value={chosen} onValueChange={choose}>
          {AGENT_CHOICES.map((agent) => (
            <MenuChoice key={agent} value={agent} title={t(agent)} detail={t(`${agent}Detail`)} />
          ))}
        </MenuRadioGroup>
      </MenuContent>
    </Menu>
  );
}
