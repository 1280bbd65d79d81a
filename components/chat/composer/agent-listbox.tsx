"use client";

import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { type AgentOption, optionId } from "./use-agent-mention";

interface AgentListboxProps {
  id: string;
  options: readonly AgentOption[];
  index: number;
  onPick(option: AgentOption): void;
  onPoint(index: number): void;
}

/** The agents above the composer while an `@` is being written. */
export default function AgentListbox({ id, options, index, onPick, onPoint }: AgentListboxProps) {
  const t = useTranslations("composer.agents");
  return (
    <div
      id={id}
      role="listbox"
      aria-label={t("label")}
      className="absolute bottom-full left-0 z-20 mb-1 w-80 max-w-full rounded-card bg-bg0 p-1 text-chrome shadow-overlay dark:bg-bg2"
    >
      {options.map((option, at) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the composer keeps the focus and names the chosen option
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the composer
        <div
          key={option.agent}
          id={optionId(id, at)}
          role="option"
          aria-selected={at === index}
          onPointerMove={() => onPoint(at)}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onPick(option)}
          className={cn(
            "cursor-pointer rounded-chip px-2 py-1 max-sm:py-2",
            at === index && "bg-bg2 dark:bg-bg3",
          )}
        >
          <span className="block">{option.title}</span>
          <span className="block text-fg2 text-meta">{option.detail}</span>
        </div>
      ))}
    </div>
  );
}
