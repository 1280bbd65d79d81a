"use client";

import { ArrowUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { Icon } from "@/components/ui/icon";
import { Kbd } from "@/components/ui/kbd";

interface SendButtonProps {
  running: boolean;
  stopping: boolean;
  ready: boolean;
  onStop(): void;
}

/** Send, and Stop while an answer is being made. */
export function SendButton({ running, stopping, ready, onStop }: SendButtonProps) {
  const t = useTranslations("composer");
  if (running) {
    return (
      <button
        type="button"
        disabled={stopping}
        onClick={onStop}
        className="inline-flex h-7 items-center gap-1.5 rounded-card bg-ink pr-2.5 pl-2 font-medium text-on-ink hover:bg-ink-hover disabled:opacity-60 max-sm:h-9"
      >
        <i aria-hidden className="size-2.5 rounded-bar bg-current" />
        {t("stop")}
        <Kbd bare className="text-inherit! opacity-75 @max-[460px]/chat:hidden">
          Esc
        </Kbd>
      </button>
    );
  }
  return (
    <>
      <span className="mr-2 whitespace-nowrap text-fg2 text-meta @max-[460px]/chat:hidden">
        <Kbd>↵</Kbd> {t("hintSend")}&ensp;<Kbd>⇧↵</Kbd> {t("hintNewLine")}
      </span>
      <button
        type="submit"
        aria-label={t("send")}
        disabled={!ready}
        className="grid size-7 flex-none place-items-center rounded-card bg-ink text-on-ink hover:bg-ink-hover disabled:bg-bg3 disabled:text-fg2 max-sm:size-9"
      >
        <Icon of={ArrowUp} />
      </button>
    </>
  );
}
