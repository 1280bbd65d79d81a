import { Search } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useId, useState } from "react";
import { useResultKeys } from "@/components/chat/nav/use-result-keys";
import { useDebounced } from "@/components/chat/use-debounced";
import { cn } from "@/components/ui/cn";
import { Icon } from "@/components/ui/icon";
import { StatusDot } from "@/components/ui/status-dot";
import { shortId } from "../replay/short-id";
import { toStatusView } from "../run-status";
import { type RecentRun, type RunChoice, useRecentRuns } from "./use-recent-runs";

const DEBOUNCE_MS = 150;

interface RunListProps {
  sessionId: string;
  chosenId: string | null;
  onChoose(requestId: string): void;
}

/** Finds a run by its question or answer, or takes its id; arrows choose, Enter takes. */
export function RunList({ sessionId, chosenId, onChoose }: RunListProps) {
  const t = useTranslations("debug.compare");
  const [query, setQuery] = useState("");
  const listId = useId();
  const { choices, loaded, failed } = useRecentRuns(query, useDebounced(query, DEBOUNCE_MS), sessionId);
  const { index, select, onKeyDown } = useResultKeys(choices.length, (at) => {
    const choice = choices[at];
    if (choice) onChoose(idOf(choice));
  });
  return (
    <>
      <label className="flex h-9 items-center gap-2 border-line border-b px-3 max-sm:h-11">
        <Icon of={Search} size={14} className="text-fg2" />
        <input
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={choices[index] ? `${listId}-${index}` : undefined}
          aria-label={t("find")}
          placeholder={t("find")}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            select(0);
          }}
          onKeyDown={onKeyDown}
          className="h-full min-w-0 flex-1 bg-transparent outline-none"
        />
      </label>
      <div id={listId} role="listbox" aria-label={t("runs")} className="max-h-72 overflow-auto p-1">
        {choices.map((choice, at) => (
          <Choice
            key={idOf(choice)}
            id={`${listId}-${at}`}
            choice={choice}
            marked={at === index}
            chosen={idOf(choice) === chosenId}
            onPoint={() => select(at)}
            onChoose={() => onChoose(idOf(choice))}
          />
        ))}
      </div>
      <p role="status" className="px-3 py-2 text-fg2 text-meta empty:hidden">
        {failed ? t("notLoaded") : loaded && choices.length === 0 ? t("noRuns") : ""}
      </p>
    </>
  );
}

function idOf(choice: RunChoice): string {
  return choice.kind === "id" ? choice.requestId : choice.run.request_id;
}

interface ChoiceProps {
  id: string;
  choice: RunChoice;
  marked: boolean;
  chosen: boolean;
  onPoint(): void;
  onChoose(): void;
}

function Choice({ id, choice, marked, chosen, onPoint, onChoose }: ChoiceProps) {
  const t = useTranslations("debug.compare");
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the field above keeps the focus and names the marked option
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by that field
    <div
      id={id}
      role="option"
      aria-selected={chosen}
      onPointerMove={onPoint}
      onClick={onChoose}
      ref={(element) => {
        if (marked) element?.scrollIntoView({ block: "nearest" });
      }}
      className={cn("cursor-pointer rounded-chip px-2 py-1 max-sm:py-2", marked && "bg-bg2 dark:bg-bg3")}
    >
      {choice.kind === "id" ? (
        <span className="block truncate">{t("useId", { id: choice.requestId })}</span>
      ) : (
        <RunLine run={choice.run} sameSession={choice.sameSession} chosen={chosen} />
      )}
    </div>
  );
}

function RunLine({ run, sameSession, chosen }: { run: RecentRun; sameSession: boolean; chosen: boolean }) {
  const t = useTranslations("debug.compare");
  const format = useFormatter();
  const { dot } = toStatusView(run.status, false);
  const at = format.dateTime(run.started_at, {
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  });
  const details = [shortId(run.request_id), at, run.model, ...(sameSession ? [t("thisChat")] : [])];
  return (
    <>
      <span className={cn("flex items-center gap-2", chosen && "font-medium text-accent")}>
        <StatusDot status={dot} />
        <span className="truncate">{run.message}</span>
      </span>
      <span className="block truncate pl-4 text-fg2 text-label tabular-nums">{details.join(" · ")}</span>
    </>
  );
}
