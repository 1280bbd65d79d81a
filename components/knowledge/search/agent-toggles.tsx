"use client";

import { useTranslations } from "next-intl";
import { ToggleGroup } from "radix-ui";
import { BENCH_AGENTS, type BenchAgent, inOrder } from "./bench-query";

interface AgentTogglesProps {
  value: readonly BenchAgent[];
  onChange(agents: BenchAgent[]): void;
}

/** Which agents take part; one at least. */
export function AgentToggles({ value, onChange }: AgentTogglesProps) {
  const t = useTranslations("knowledge.bench");
  const choose = (chosen: string[]) => {
    const agents = BENCH_AGENTS.filter((agent) => chosen.includes(agent));
    if (agents.length > 0) onChange(inOrder(agents));
  };
  return (
    <ToggleGroup.Root
      type="multiple"
      aria-label={t("agents")}
      value={[...value]}
      onValueChange={choose}
      className="flex flex-wrap gap-1"
    >
      {BENCH_AGENTS.map((agent) => (
        <ToggleGroup.Item
          key={agent}
          value={agent}
          className="h-7 rounded-chip border border-line2 px-2 font-medium text-fg2 text-meta transition-colors hover:bg-bg2 data-[state=on]:border-accent-line data-[state=on]:bg-accent-bg data-[state=on]:text-accent max-sm:h-9"
        >
          {t(`agent.${agent}`)}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
