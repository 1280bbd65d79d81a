"use client";

import { Check, Square, TriangleAlert } from "lucide-react";
import { Fragment } from "react";
import { cn } from "@/components/ui/cn";
import { Icon } from "@/components/ui/icon";
import type { AnswerModel, ProgressModel } from "./answer-model";
import { useProgressParts } from "./use-progress-parts";

/** One line over the answer: where it was looked for, by whom, and what came of it. */
export function ProgressLine({ answer }: { answer: AnswerModel }) {
  const parts = useProgressParts(answer);
  if (parts.length === 0) return null;
  return (
    <p className="mb-2.5 flex min-h-5 flex-wrap items-center gap-x-2 text-fg1 text-meta tabular-nums">
      <ProgressMark answer={answer} />
      {parts.map((part, index) => (
        <Fragment key={part}>
          {index > 0 ? <span className="text-fg2">·</span> : null}
          <span>{part}</span>
        </Fragment>
      ))}
    </p>
  );
}

function ProgressMark({ answer: { state, progress } }: { answer: AnswerModel }) {
  if (state === "running") return <Segments progress={progress} />;
  if (state === "success") return <Icon of={Check} size={14} className="text-fg2" />;
  const failed = state === "error";
  return <Icon of={failed ? TriangleAlert : Square} size={14} className={failed ? "text-err" : "text-fg2"} />;
}

/** A bar for each retriever: filled when it is done, breathing while it works, red when it failed. */
const RUNNING = "animate-breathe bg-[linear-gradient(90deg,var(--k-retriever)_50%,var(--bg3)_50%)]";

function Segments({ progress }: { progress: ProgressModel | null }) {
  const total = progress?.agentsTotal ?? 3;
  const done = progress?.agentsDone ?? 0;
  const ended = done + (progress?.agentsFailed ?? 0);
  return (
    <span aria-hidden className="inline-flex gap-[3px]">
      {Array.from({ length: total }, (_, index) => (
        <i
          // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity but their place
          key={index}
          className={cn(
            "h-[3px] w-3.5 rounded-bar",
            index < done ? "bg-k-retriever" : index < ended ? "bg-err" : RUNNING,
          )}
        />
      ))}
    </span>
  );
}
