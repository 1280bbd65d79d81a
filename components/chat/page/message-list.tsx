"use client";

import { useLocale } from "next-intl";
import type { TurnModel } from "../answer/build-turns";
import { foreignLanguage } from "../foreign-language";
import { Turn, type TurnProps } from "./turn";
import { useKeptTurns } from "./use-kept-turns";
import { usePrinting } from "./use-printing";

/** Turns that are drawn in full at once: more than a screen holds. */
const RECENT = 4;

interface MessageListProps extends Omit<TurnProps, "turn" | "recent" | "printing"> {
  title: string;
  turns: readonly TurnModel[];
}

/** Questions and answers, oldest first. */
export function MessageList({ title, turns, ...shared }: MessageListProps) {
  const page = useLocale();
  const kept = useKeptTurns(turns);
  const printing = usePrinting();
  return (
    <div className="mx-auto w-full max-w-[760px] py-1">
      <h1 lang={foreignLanguage(title, page)} className="sr-only">
        {title}
      </h1>
      {kept.map((turn, index) => (
        <Turn
          // biome-ignore lint/suspicious/noArrayIndexKey: turns are only ever added at the end
          key={index}
          {...shared}
          turn={turn}
          recent={index >= kept.length - RECENT}
          printing={printing}
        />
      ))}
    </div>
  );
}
