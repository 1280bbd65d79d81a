"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useState } from "react";
import { AGENT_CHOICES, type AgentChoice } from "./agent-choices";
import { findMention, withoutMention } from "./mention";

export interface AgentOption {
  agent: AgentChoice;
  title: string;
  detail: string;
}

interface AgentMentionOptions {
  text: string;
  onText(text: string): void;
  onPick(agent: AgentChoice): void;
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** Id of an option, for the field that keeps the focus. */
export function optionId(listId: string, index: number): string {
  return `${listId}-${index}`;
}

/** Agents that an `@` in the composer offers: chosen with the arrows and Enter or Tab, dismissed with Escape. */
export function useAgentMention({ text, onText, onPick }: AgentMentionOptions) {
  const t = useTranslations("composer.agents");
  const [caret, setCaret] = useState(0);
  const [selected, select] = useState(0);
  /** The text in which the list was dismissed. */
  const [dismissed, dismiss] = useState<string | null>(null);
  const mention = dismissed === text ? null : findMention(text, caret);
  const query = mention?.query.toLowerCase() ?? "";
  const options: AgentOption[] = mention
    ? AGENT_CHOICES.map((agent) => ({ agent, title: t(agent), detail: t(`${agent}Detail`) })).filter(
        ({ agent, title }) => `${agent} ${title}`.toLowerCase().includes(query),
      )
    : [];
  const index = Math.min(selected, options.length - 1);
  const pick = (option: AgentOption | undefined) => {
    if (!mention || !option) return;
    onText(withoutMention(text, mention));
    setCaret(mention.start);
    onPick(option.agent);
  };
  return {
    options,
    index,
    pick,
    select,
    /** The caret moved, or the text changed. */
    onCaret(at: number) {
      setCaret(at);
      select(0);
    },
    /** Whether the key was the list's. */
    onKeyDown(event: KeyboardEvent): boolean {
      if (options.length === 0) return false;
      const step = STEPS[event.key];
      if (step !== undefined) select((index + step + options.length) % options.length);
      else if (event.key === "Enter" || event.key === "Tab") pick(options[index]);
      else if (event.key === "Escape") dismiss(text);
      else return false;
      event.preventDefault();
      return true;
    },
  };
}
